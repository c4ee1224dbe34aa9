using ArgoRollouts.Analysis.Expressions.Builtins;
using ArgoRollouts.Analysis.Expressions.Syntax;
using ArgoRollouts.Analysis.Go;
using static ArgoRollouts.Analysis.Expressions.Builtins.Arguments;

namespace ArgoRollouts.Analysis.Expressions.Checking;

/// <summary>
/// Finds the type of every node before anything runs, and refuses what cannot work: unknown names, mismatched types, wrong arguments
/// (antonmedv/expr v1.15.5, checker/checker.go). The first error is thrown.
/// </summary>
internal sealed partial class TypeChecker(IReadOnlyDictionary<string, GoType?> environment)
{
    private readonly List<(string Name, Checked Value)> variables = [];
    private readonly Stack<ClosureScope> scopes = [];

    private readonly record struct ClosureScope(GoType Collection, bool HasIndex, bool HasAccumulator);

    /// <exception cref="ExpressionException">The expression does not type-check.</exception>
    public Checked Check(Node node)
    {
        var result = Visit(node);
        node.Type = result.Type;
        return result;
    }

    private Checked Visit(Node node) => node switch
    {
        NilNode => default,
        IdentifierNode identifier => Identifier(identifier),
        IntegerNode => GoType.Int,
        FloatNode => GoType.Float64,
        BoolNode => GoType.Bool,
        StringNode => GoType.String,
        UnaryNode unary => Unary(unary),
        BinaryNode binary => Binary(binary),
        ChainNode chain => Check(chain.Inner),
        MemberNode member => Member(member),
        SliceNode slice => Slice(slice),
        CallNode call => Call(call),
        BuiltinNode builtin => Builtin(builtin),
        ClosureNode closure => Closure(closure),
        PointerNode pointer => Pointer(pointer),
        LetNode let => Let(let),
        ConditionalNode conditional => Conditional(conditional),
        ArrayNode array => List(array),
        MapNode map => Map(map),
        _ => throw new InvalidOperationException($"undefined node type ({node.GetType().Name})"),
    };

    private static ExpressionException Error(Node node, string message) => new(message, node.Location);

    private static string Name(GoType? type) => GoType.NameOf(type);

    private Checked Identifier(IdentifierNode node)
    {
        var variable = variables.FindLastIndex(v => v.Name == node.Name);
        return variable >= 0 ? variables[variable].Value : node.Name == "$env" ? GoType.StringMap : FromEnvironment(node, node.Name, optional: false);
    }

    private Checked FromEnvironment(Node node, string name, bool optional)
    {
        if (BuiltinTable.Contains(name))
        {
            return new(GoType.Function, Function: BuiltinTable.Find(name));
        }
        if (environment.TryGetValue(name, out var type))
        {
            return type;
        }
        return optional ? GoType.Any : throw Error(node, $"unknown name {name}");
    }

    private Checked Unary(UnaryNode node)
    {
        var type = Check(node.Operand).Type;
        return node.Operator switch
        {
            "!" or "not" when TypeRules.IsBool(type) || IsAny(type) => GoType.Bool,
            "+" or "-" when IsNumber(type) || IsAny(type) => type,
            _ => throw Error(node, $"invalid operation: {node.Operator} (mismatched type {Name(type)})"),
        };
    }

    private Checked Binary(BinaryNode node)
    {
        var left = Check(node.Left).Type;
        var right = Check(node.Right);
        if (node.Operator == "??")
        {
            return TypeRules.Coalesce(left, right.Type);
        }
        if (node.Operator == "in" && In(node, left, right))
        {
            return GoType.Bool;
        }
        if (node.Operator == "matches" && node.Right is StringNode literal)
        {
            node.Pattern = Pattern(node, literal.Value);
        }
        return TypeRules.Binary(node.Operator, left, right.Type)
            ?? throw Error(node, $"invalid operation: {node.Operator} (mismatched types {Name(left)} and {Name(right.Type)})");
    }

    private static GoRegexp Pattern(Node node, string pattern)
    {
        try
        {
            return GoRegexp.Compile(pattern);
        }
        catch (GoPanicException e)
        {
            throw Error(node, e.Message);
        }
    }

    private static bool In(Node node, GoType? left, Checked right)
    {
        var container = right.Type;
        switch (container?.Kind)
        {
            case GoKind.Struct:
                return TypeRules.IsText(left) || IsAny(left);
            case GoKind.Map when left is not null && !IsAny(left) && !left.IsAssignableTo(container.Key!):
                throw Error(node, $"cannot use {Name(left)} as type {Name(container.Key)} in map key");
            case GoKind.Slice when left is not null && !TypeRules.AreComparable(left, container.Element):
                throw Error(node, $"cannot use {Name(left)} as type {Name(container.Element)} in array");
            case GoKind.Slice when left is not null && !TypeRules.AreComparable(left, right.Element):
                throw Error(node, $"cannot use {Name(left)} as type {Name(right.Element)} in array");
            case GoKind.Map or GoKind.Slice or GoKind.Interface:
                return true;
            default:
                return IsAny(left) && TypeRules.IsText(container);
        }
    }

    private Checked Slice(SliceNode node)
    {
        var type = Check(node.Target).Type;
        if (!IsAnyOr(type, GoKind.String, GoKind.Slice))
        {
            throw Error(node, $"cannot slice {Name(type)}");
        }
        foreach (var bound in new[] { node.From, node.To }.OfType<Node>())
        {
            var index = Check(bound).Type;
            if (!IsInteger(index) && !IsAny(index))
            {
                throw Error(bound, $"non-integer slice index {Name(index)}");
            }
        }
        return type;
    }

    private Checked Let(LetNode node)
    {
        var taken = environment.ContainsKey(node.Name) ? "" : BuiltinTable.Contains(node.Name) ? "builtin " : variables.Exists(v => v.Name == node.Name) ? "variable " : null;
        if (taken is not null)
        {
            throw Error(node, $"cannot redeclare {taken}{node.Name}");
        }
        variables.Add((node.Name, Check(node.Value)));
        var result = Check(node.Body);
        variables.RemoveAt(variables.Count - 1);
        return result;
    }

    private Checked Conditional(ConditionalNode node)
    {
        var condition = Check(node.Condition).Type;
        if (!TypeRules.IsBool(condition) && !IsAny(condition))
        {
            throw Error(node.Condition, $"non-bool expression (type {Name(condition)}) used as condition");
        }
        var (then, otherwise) = (Check(node.Then).Type, Check(node.Otherwise).Type);
        return then is null ? otherwise : otherwise is null || then.IsAssignableTo(otherwise) ? then : GoType.Any;
    }

    private Checked List(ArrayNode node)
    {
        GoType? previous = null;
        var same = true;
        foreach (var (index, item) in node.Items.Index())
        {
            var type = Check(item).Type;
            same &= index == 0 || (type is not null && previous is not null && type.Kind == previous.Kind);
            previous = type;
        }
        return new(GoType.AnySlice, same ? previous : null);
    }

    private Checked Map(MapNode node)
    {
        foreach (var pair in node.Pairs)
        {
            Check(pair.Key);
            Check(pair.Value);
        }
        return GoType.StringMap;
    }
}
