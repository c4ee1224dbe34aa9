using System.Runtime.CompilerServices;
using ArgoRollouts.Analysis.Expressions.Builtins;
using ArgoRollouts.Analysis.Expressions.Syntax;
using ArgoRollouts.Analysis.Go;

namespace ArgoRollouts.Analysis.Expressions.Evaluation;

/// <summary>
/// Computes a checked tree, in the order in which the virtual machine of antonmedv/expr v1.15.5 would, with the failures it would raise.
/// One instance evaluates once.
/// </summary>
internal sealed partial class Evaluator(Dictionary<string, object?> environment, TimeProvider time)
{
    /// <summary>Elements of lists and maps that one evaluation may make.</summary>
    private const long MemoryBudget = 1_000_000;

    private static readonly object ChainEnded = new();
    private readonly Stack<Scope> scopes = [];
    private readonly List<(string Name, object? Value)> variables = [];
    private long memory;

    /// <exception cref="GoPanicException">What fails while computing.</exception>
    public object? Evaluate(Node node)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        return node switch
        {
            NilNode => null,
            BoolNode literal => literal.Value,
            IntegerNode literal => literal.Value,
            FloatNode literal => literal.Value,
            StringNode literal => literal.Value,
            ConstantNode constant => constant.Value,
            IdentifierNode identifier => Identifier(identifier.Name),
            UnaryNode unary => Unary(unary),
            BinaryNode binary => Binary(binary),
            ChainNode chain => Evaluate(chain.Inner) is var value && ReferenceEquals(value, ChainEnded) ? null : value,
            MemberNode member => Member(member),
            SliceNode slice => Slice(slice),
            CallNode call => Call(call),
            BuiltinNode builtin => Builtin(builtin),
            ClosureNode closure => Evaluate(closure.Body),
            PointerNode pointer => scopes.Peek().Read(pointer.Name),
            LetNode let => Let(let),
            ConditionalNode conditional => Evaluate(GoConversion.ToBool(Evaluate(conditional.Condition)) ? conditional.Then : conditional.Otherwise),
            ArrayNode array => Allocate(array.Items.Select(Evaluate).ToArray()),
            MapNode map => Map(map),
            _ => throw new InvalidOperationException($"undefined node type ({node.GetType().Name})"),
        };
    }

    private object? Identifier(string name)
    {
        var variable = variables.FindLastIndex(v => v.Name == name);
        return variable >= 0 ? variables[variable].Value : name == "$env" ? environment : environment.GetValueOrDefault(name);
    }

    private object? Unary(UnaryNode node)
    {
        var value = Evaluate(node.Operand);
        return node.Operator switch
        {
            "-" => GoArithmetic.Negate(value),
            "+" => value,
            _ => !GoConversion.ToBool(value),
        };
    }

    private object? Member(MemberNode node)
    {
        var target = Evaluate(node.Target);
        if (ReferenceEquals(target, ChainEnded) || (node.Optional && target is null))
        {
            return ChainEnded;
        }
        return Access.Fetch(target, Evaluate(node.Property));
    }

    private object Slice(SliceNode node)
    {
        var target = Evaluate(node.Target);
        var to = node.To is null ? (nint)Access.Length(target) : Evaluate(node.To);
        var from = node.From is null ? (nint)0 : Evaluate(node.From);
        return Access.Slice(target, from, to);
    }

    private object? Call(CallNode node)
    {
        var arguments = node.Arguments.Select(Evaluate).ToArray();
        var callee = Evaluate(node.Callee);
        return callee switch
        {
            GoFunction function => function.Call(arguments),
            _ when ReferenceEquals(callee, ChainEnded) => ChainEnded,
            null => throw new GoPanicException("reflect: call of reflect.Value.Call on zero Value"),
            _ => throw new GoPanicException($"reflect: call of reflect.Value.Call on {CollectionBuiltins.KindOf(callee)} Value"),
        };
    }

    private object? Let(LetNode node)
    {
        variables.Add((node.Name, Evaluate(node.Value)));
        var value = Evaluate(node.Body);
        variables.RemoveAt(variables.Count - 1);
        return value;
    }

    /// <summary>Of two pairs with the same key the first counts.</summary>
    private Dictionary<string, object?> Map(MapNode node)
    {
        var entries = node.Pairs.Select(pair => (Key: Evaluate(pair.Key), Value: Evaluate(pair.Value))).ToList();
        Grow(entries.Count);
        var map = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (key, value) in Enumerable.Reverse(entries))
        {
            map[GoConversion.ToText(key)] = value;
        }
        return map;
    }

    private object?[] Allocate(object?[] items)
    {
        Grow(items.Length);
        return items;
    }

    private void Grow(nint count)
    {
        memory += count;
        if (memory >= MemoryBudget)
        {
            throw new GoPanicException("memory budget exceeded");
        }
    }
}
