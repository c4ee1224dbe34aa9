using ArgoRollouts.Analysis.Expressions.Builtins;
using ArgoRollouts.Analysis.Expressions.Syntax;
using ArgoRollouts.Analysis.Go;
using static ArgoRollouts.Analysis.Expressions.Builtins.Arguments;

namespace ArgoRollouts.Analysis.Expressions.Checking;

/// <summary>Calls of functions, methods and built-ins.</summary>
internal sealed partial class TypeChecker
{
    private Checked Call(CallNode node)
    {
        var callee = Check(node.Callee);
        if (callee.Function is { } function)
        {
            return Function(function, node, node.Arguments);
        }
        var name = node.Callee switch
        {
            IdentifierNode identifier => identifier.Name,
            MemberNode { Property: StringNode property } => property.Value,
            _ => "function",
        };
        return callee.Type?.Kind switch
        {
            null => throw Error(node, $"{name} is nil; cannot call nil as function"),
            GoKind.Interface => GoType.Any,
            GoKind.Func => Overloads(name, [callee.Type], node, node.Arguments),
            _ => throw Error(node, $"{Name(callee.Type)} is not callable"),
        };
    }

    private Checked Builtin(BuiltinNode node)
    {
        if (BuiltinTable.IsPredicate(node.Name))
        {
            return Predicate(node);
        }
        return node.Name == "get" ? Get(node) : Function(BuiltinTable.Find(node.Name)!, node, node.Arguments);
    }

    private Checked Predicate(BuiltinNode node)
    {
        var collection = Check(node.Arguments[0]).Type;
        if (!IsAnyOr(collection, GoKind.Slice))
        {
            throw Error(node.Arguments[0], $"builtin {node.Name} takes only array (got {Name(collection)})");
        }
        scopes.Push(new(collection!, HasIndex: node.Name is "map" or "reduce", HasAccumulator: node.Name == "reduce"));
        var result = Check(node.Arguments[1]).Type!.Result!;
        scopes.Pop();
        if (node.Name is not ("map" or "groupBy" or "reduce") && !TypeRules.IsBool(result) && !IsAny(result))
        {
            throw Error(node.Arguments[1], $"predicate should return boolean (got {Name(result)})");
        }
        if (node.Arguments.Count > 2)
        {
            Check(node.Arguments[2]);
        }
        var element = IsAny(collection) ? GoType.Any : collection!.Element!;
        return node.Name switch
        {
            "filter" => IsAny(collection) ? GoType.AnySlice : GoType.SliceOf(element),
            "map" => GoType.SliceOf(result),
            "count" or "findIndex" or "findLastIndex" => GoType.Int,
            "find" or "findLast" => element,
            "groupBy" => GoType.GroupMap,
            "reduce" => result,
            _ => GoType.Bool,
        };
    }

    private Checked Get(BuiltinNode node)
    {
        if (node.Arguments.Count != 2)
        {
            throw Error(node, $"invalid number of arguments (expected 2, got {node.Arguments.Count})");
        }
        var (container, key) = (node.Arguments[0], node.Arguments[1]);
        if (container is IdentifierNode { Name: "$env" })
        {
            return key is StringNode name ? environment.GetValueOrDefault(name.Value) : GoType.Any;
        }
        var type = Check(container).Type;
        if (IsAny(type))
        {
            return GoType.Any;
        }
        if (type?.Kind is not (GoKind.Slice or GoKind.Map))
        {
            throw Error(container, $"type {Name(type)} does not support indexing");
        }
        var index = Check(key).Type ?? throw Error(key, $"cannot use nil as {(type.Kind == GoKind.Map ? "map" : "slice")} index");
        if (type.Kind == GoKind.Slice && !IsInteger(index) && !IsAny(index))
        {
            throw Error(key, $"non-integer slice index {Name(index)}");
        }
        if (type.Kind == GoKind.Map && !index.IsAssignableTo(type.Key!) && !IsAny(index))
        {
            throw Error(key, $"cannot use {Name(index)} to get an element from {Name(type)}");
        }
        return type.Element;
    }

    private Checked Function(Builtin function, Node node, List<Node> arguments)
    {
        if (function.Validate is { } validate)
        {
            var types = arguments.ConvertAll(argument => Check(argument).Type);
            try
            {
                return validate(types);
            }
            catch (GoPanicException e)
            {
                throw Error(node, e.Message);
            }
        }
        return Overloads(function.Name, function.Signatures, node, arguments);
    }

    /// <summary>The first signature that fits; the complaint is that of the last.</summary>
    private Checked Overloads(string name, IReadOnlyList<GoType> signatures, Node node, List<Node> arguments)
    {
        ExpressionException? last = null;
        foreach (var signature in signatures)
        {
            try
            {
                return Signature(name, signature, node, arguments);
            }
            catch (SignatureMismatchException e)
            {
                last = e.Error;
            }
        }
        throw last ?? Error(node, $"no matching overload for {name}");
    }

    private Checked Signature(string name, GoType function, Node node, List<Node> arguments)
    {
        if (arguments.Count != function.Parameters.Count)
        {
            var amount = arguments.Count > function.Parameters.Count ? "too many" : "not enough";
            throw new SignatureMismatchException(Error(node, $"{amount} arguments to call {name}"));
        }
        for (var i = 0; i < arguments.Count; i++)
        {
            var (type, wanted) = (Check(arguments[i]).Type, function.Parameters[i]);
            if (wanted.Kind == GoKind.Float64 && IsInteger(type))
            {
                arguments[i] = IntegersToFloats(arguments[i]);
                continue;
            }
            if (type is null || IsAny(type) || type.IsAssignableTo(wanted) || (IsInteger(wanted) && IsInteger(type) && type.Kind != wanted.Kind))
            {
                continue;
            }
            throw new SignatureMismatchException(Error(arguments[i], $"cannot use {Name(type)} as argument (type {Name(wanted)}) to call {name} "));
        }
        return function.Result;
    }

    /// <summary>Integer literals given for a float64, also inside -x, x + y, x - y and x * y, become floats; nothing else does.</summary>
    private static Node IntegersToFloats(Node node)
    {
        switch (node)
        {
            case IntegerNode literal:
                return new FloatNode(literal.Location, literal.Value) { Type = GoType.Float64 };
            case UnaryNode unary:
                unary.Operand = IntegersToFloats(unary.Operand);
                break;
            case BinaryNode { Operator: "+" or "-" or "*" } binary:
                binary.Left = IntegersToFloats(binary.Left);
                binary.Right = IntegersToFloats(binary.Right);
                break;
        }
        return node;
    }

    /// <summary>Arguments that do not fit one signature may fit the next.</summary>
    private sealed class SignatureMismatchException(ExpressionException error) : Exception(error.Message)
    {
        public ExpressionException Error { get; } = error;
    }
}
