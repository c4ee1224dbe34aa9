using Kubernetes.Cel.Functions;
using Kubernetes.Cel.Syntax;

namespace Kubernetes.Cel.Checking;

/// <summary>
/// Finds what can only go wrong, before anything is evaluated: unknown variables, functions and fields, operators between types that have none.
/// Where a type is not known it says nothing; cel-go's checker knows more.
/// </summary>
public sealed class Checker(string text)
{
    private static readonly HashSet<string> Predicates = ["!_", "_&&_", "_||_", "_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_", "@in"];
    private static readonly HashSet<string> TextPredicates = ["contains", "startsWith", "endsWith", "matches"];

    /// <returns>What the expression comes to.</returns>
    /// <exception cref="CelSyntaxException">It cannot be meant.</exception>
    public Shape Check(Expression expression, IReadOnlyDictionary<string, Shape> variables) => expression switch
    {
        Expression.Literal literal => new Shape(Values.CelType.Of(literal.Value).Name),
        Expression.Identifier identifier => Variable(identifier, variables),
        Expression.Select select => Select(select, Check(select.Operand, variables)),
        Expression.List list => list.Items.Select(item => Check(item.Value, variables)).ToList() is var items
            ? new Shape("list", Item: items.Count > 0 && items.All(item => item == items[0]) ? items[0] : Shape.Dyn) : Shape.Dyn,
        Expression.Map map => map.Entries.Select(entry => (Check(entry.Key, variables), Check(entry.Value, variables))).ToList() is { } ? new Shape("map", Item: Shape.Dyn) : Shape.Dyn,
        Expression.Comprehension macro => Macro(macro, variables),
        Expression.Call call => Call(call, variables),
        _ => Shape.Dyn,
    };

    private Shape Variable(Expression.Identifier identifier, IReadOnlyDictionary<string, Shape> variables)
        => variables.TryGetValue(identifier.Name, out var shape) ? shape
            : identifier.Name is "bool" or "int" or "uint" or "double" or "string" or "bytes" or "list" or "map" or "null_type" or "type" ? new Shape("type")
            : throw Undeclared(identifier.Name, identifier.Position);

    private Shape Select(Expression.Select select, Shape operand)
    {
        if (operand.IsScalar)
        {
            throw new CelSyntaxException(text, select.Position, $"type '{operand.Name}' does not support field selection");
        }
        var field = operand.Field is { } fields ? fields(select.Field) ?? throw new CelSyntaxException(text, select.Position, $"undefined field '{select.Field}'")
            : operand is { Name: "map", Item: { } item } ? item
            : operand.Name == "list" ? throw new CelSyntaxException(text, select.Position, "type 'list' does not support field selection")
            : Shape.Dyn;
        return select.Test ? Shape.Bool : select.Optional ? Shape.Dyn : field;
    }

    private Shape Macro(Expression.Comprehension macro, IReadOnlyDictionary<string, Shape> variables)
    {
        var range = Check(macro.Range, variables);
        if (range.IsScalar)
        {
            throw new CelSyntaxException(text, macro.Position, $"expression of type '{range.Name}' cannot be range of a comprehension (must be list, map, or dynamic)");
        }
        var inner = new Dictionary<string, Shape>(variables);
        var item = range.Item ?? Shape.Dyn;
        var first = range.Name switch { "list" => macro.Variables.Count == 1 ? item : Shape.Int, "map" => Shape.Text, _ => Shape.Dyn };
        inner[macro.Variables[0]] = macro.Macro.StartsWith("opt", StringComparison.Ordinal) ? Shape.Dyn : first;
        if (macro.Variables.Count > 1)
        {
            inner[macro.Variables[1]] = item;
        }
        var results = macro.Arguments.Select(body => Check(body, inner)).ToList();
        return macro.Macro switch
        {
            "all" or "exists" or "exists_one" or "existsOne" => Boolean(macro, results[0]),
            "filter" => new Shape("list", Item: first),
            "map" or "transformList" => new Shape("list", Item: results[^1]),
            "transformMap" => new Shape("map", Item: results[^1]),
            _ => Shape.Dyn,
        };
    }

    private Shape Boolean(Expression.Comprehension macro, Shape result) => result.Name is "bool" or "dyn" ? Shape.Bool
        : throw new CelSyntaxException(text, macro.Arguments[0].Position, $"found no matching overload for '{(macro.Macro == "all" ? "_&&_" : "_||_")}' applied to '(bool, {result.Name})'");

    private Shape Call(Expression.Call call, IReadOnlyDictionary<string, Shape> variables)
    {
        if (call.Target is Expression.Identifier space && !variables.ContainsKey(space.Name) && FunctionTable.Find($"{space.Name}.{call.Function}") is not null)
        {
            _ = call.Arguments.Select(argument => Check(argument, variables)).ToList();
            return call.Function.StartsWith("is", StringComparison.Ordinal) || space.Name == "sets" ? Shape.Bool : Shape.Dyn;
        }
        var target = call.Target is null ? null : Check(call.Target, variables);
        var arguments = call.Arguments.Select(argument => Check(argument, variables)).ToList();
        if (call.Function is not ("_&&_" or "_||_" or "_?_:_") && (call.Target is null ? FunctionTable.Find(call.Function) : FunctionTable.FindMember(call.Function)) is null)
        {
            throw Undeclared(call.Function, call.Position);
        }
        if (!Fits(call.Function, target, arguments))
        {
            var shown = string.Join(", ", arguments.Select(argument => argument.Name));
            throw new CelSyntaxException(text, call.Position, $"found no matching overload for '{call.Function}' applied to '{(target is null ? $"({shown})" : $"{target.Name}.({shown})")}'");
        }
        return Result(call.Function, target, arguments);
    }

    private static bool Fits(string function, Shape? target, List<Shape> arguments) => function switch
    {
        "_&&_" or "_||_" or "!_" => arguments.All(argument => argument.Name is "bool" or "dyn"),
        "_?_:_" => arguments[0].Name is "bool" or "dyn",
        "_==_" or "_!=_" => arguments[0] is var left && arguments[1] is var right && (left.Name == right.Name || !left.IsScalar || !right.IsScalar) && !Differ(left, right),
        "_<_" or "_<=_" or "_>_" or "_>=_" => !(arguments[0].IsScalar && arguments[1].IsScalar) || arguments[0].Name == arguments[1].Name || arguments.All(IsNumber),
        "_+_" or "_-_" or "_*_" or "_/_" or "_%_" => !(arguments[0].IsScalar && arguments[1].IsScalar) || arguments[0].Name == arguments[1].Name || arguments.Any(IsTime),
        "size" => (target ?? arguments.FirstOrDefault())?.Name is not ("int" or "bool" or "double" or "uint" or "timestamp"),
        _ when TextPredicates.Contains(function) && target is not null => target.Name is "string" or "dyn" && arguments.Count == 1 && arguments[0].Name is "string" or "dyn",
        _ => true,
    };

    private static bool Differ(Shape left, Shape right) => left.IsScalar != right.IsScalar && new[] { left.Name, right.Name } is var names && names.Any(name => name is "list" or "map" or "object");

    private static Shape Result(string function, Shape? target, List<Shape> arguments) => function switch
    {
        _ when Predicates.Contains(function) || TextPredicates.Contains(function) => Shape.Bool,
        "size" => Shape.Int,
        "int" or "uint" or "double" or "string" or "bool" or "bytes" or "timestamp" or "duration" => new Shape(function),
        "_[_]" => arguments[0].Item ?? Shape.Dyn,
        "_?_:_" => arguments[1] == arguments[2] ? arguments[1] : arguments[1].Name == arguments[2].Name ? new Shape(arguments[1].Name) : Shape.Dyn,
        "_+_" or "_-_" or "_*_" or "_/_" or "_%_" when arguments[0].Name == arguments[1].Name && arguments[0].Name is "int" or "uint" or "double" or "string" => new Shape(arguments[0].Name),
        "lowerAscii" or "upperAscii" or "trim" or "replace" or "substring" or "charAt" or "join" or "format" => Shape.Text,
        "isSorted" or "hasValue" or "isQuantity" or "isURL" or "isIP" or "isCIDR" => Shape.Bool,
        "split" => new Shape("list", Item: Shape.Text),
        "indexOf" or "lastIndexOf" => target is null ? Shape.Dyn : Shape.Int,
        _ => Shape.Dyn,
    };

    private static bool IsNumber(Shape shape) => shape.Name is "int" or "uint" or "double";

    private static bool IsTime(Shape shape) => shape.Name is "timestamp" or "duration";

    private CelSyntaxException Undeclared(string name, int position) => new(text, position, $"undeclared reference to '{name}' (in container '')");
}
