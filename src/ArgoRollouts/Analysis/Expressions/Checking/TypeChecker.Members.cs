using ArgoRollouts.Analysis.Expressions.Syntax;
using ArgoRollouts.Analysis.Go;
using static ArgoRollouts.Analysis.Expressions.Builtins.Arguments;

namespace ArgoRollouts.Analysis.Expressions.Checking;

/// <summary>Members and closures.</summary>
internal sealed partial class TypeChecker
{
    private Checked Member(MemberNode node)
    {
        var target = Check(node.Target).Type;
        var property = Check(node.Property).Type;
        var name = (node.Property as StringNode)?.Value;
        if (node.Target is IdentifierNode { Name: "$env" })
        {
            return name is null ? GoType.Any : FromEnvironment(node, name, node.Optional);
        }
        if (target is null && name is not null)
        {
            throw Error(node, $"type <nil> has no field {name}");
        }
        if (target is not null && name is not null && GoTimeMethods.TypeOf(target, name) is { } method)
        {
            return method;
        }
        switch (target?.Kind)
        {
            case GoKind.Interface:
                return GoType.Any;
            case GoKind.Map when property is not null && !property.IsAssignableTo(target.Key!) && !IsAny(property):
                throw Error(node.Property, $"cannot use {Name(property)} to get an element from {Name(target)}");
            case GoKind.Slice when !IsInteger(property) && !IsAny(property):
                throw Error(node.Property, $"array elements can only be selected using an integer (got {Name(property)})");
            case GoKind.Map or GoKind.Slice:
                return target.Element;
            case GoKind.Struct when name is not null:
                throw Error(node, $"type {Name(target)} has no field {name}");
            default:
                throw Error(node, $"type {Name(target)}[{Name(property)}] is undefined");
        }
    }

    private Checked Closure(ClosureNode node)
    {
        var type = Check(node.Body).Type;
        return type is null ? throw Error(node.Body, "closure cannot be nil") : GoType.FunctionOf(type, GoType.Any);
    }

    private Checked Pointer(PointerNode node)
    {
        if (!scopes.TryPeek(out var scope))
        {
            throw Error(node, "cannot use pointer accessor outside closure");
        }
        return node.Name switch
        {
            "" => IsAny(scope.Collection) ? GoType.Any : scope.Collection.Element,
            "index" when scope.HasIndex => GoType.Int,
            "acc" when scope.HasAccumulator => GoType.Any,
            _ => throw Error(node, $"unknown pointer #{node.Name}"),
        };
    }
}
