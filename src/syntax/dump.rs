//! A tree as text: what CPython's `ast.dump(tree, indent=2, include_attributes=...)` prints.
//!
//! The tree becomes plain nodes of named fields first; [`render::render`] lays them out.

mod literals;
mod render;

pub(super) use self::literals::text_literal;
use self::literals::{comparison, constant, operator, unary_operator};
use self::render::render;
use super::ast::*;

/// Dumps a module, with the ranges of its nodes if `attributes`.
pub fn dump_module(module: &Module, attributes: bool) -> String {
    let fields = vec![("body", statements(&module.body)), ("type_ignores", Value::List(Vec::new()))];
    render(&Value::Node(Node { name: "Module", fields, range: None }), attributes)
}

/// Dumps what `parse_expression` returns.
pub fn dump_expression(body: &Expr, attributes: bool) -> String {
    render(&node("Expression", vec![("body", expression(body))]), attributes)
}

struct Node {
    name: &'static str,
    fields: Vec<(&'static str, Value)>,
    range: Option<Range>,
}

enum Value {
    Node(Node),
    List(Vec<Value>),
    /// A literal as `repr` writes it.
    Text(String),
    /// An optional field that is not there: left out.
    Absent,
}

fn node(name: &'static str, fields: Vec<(&'static str, Value)>) -> Value {
    Value::Node(Node { name, fields, range: None })
}

fn bare(name: &'static str) -> Value {
    node(name, Vec::new())
}

fn ranged(name: &'static str, range: Range, fields: Vec<(&'static str, Value)>) -> Value {
    Value::Node(Node { name, fields, range: Some(range) })
}

fn text(name: &str) -> Value {
    Value::Text(text_literal(name.chars().map(u32::from)))
}

fn optional_text(name: Option<&Name>) -> Value {
    name.map_or(Value::Absent, |name| text(name))
}

fn number(value: i64) -> Value {
    Value::Text(value.to_string())
}

fn names(names: &[Name]) -> Value {
    Value::List(names.iter().map(|name| text(name)).collect())
}

fn statements(body: &[Stmt]) -> Value {
    Value::List(body.iter().map(statement).collect())
}

fn expressions(all: &[Expr]) -> Value {
    Value::List(all.iter().map(expression).collect())
}

fn optional(value: Option<&Expr>) -> Value {
    value.map_or(Value::Absent, expression)
}

/// Items of a list may be missing: `None` then.
fn with_gaps(all: &[Option<Expr>]) -> Value {
    let none = || Value::Text("None".to_owned());
    Value::List(all.iter().map(|item| item.as_ref().map_or_else(none, expression)).collect())
}

fn statement(statement: &Stmt) -> Value {
    let (name, fields) = statement_fields(&statement.kind);
    ranged(name, statement.range, fields)
}

type Fields = (&'static str, Vec<(&'static str, Value)>);

fn statement_fields(kind: &StmtKind) -> Fields {
    use StmtKind::*;
    match kind {
        FunctionDef(definition) => ("FunctionDef", function_fields(definition)),
        AsyncFunctionDef(definition) => ("AsyncFunctionDef", function_fields(definition)),
        ClassDef(definition) => ("ClassDef", class_fields(definition)),
        For(parts) => ("For", for_fields(parts)),
        AsyncFor(parts) => ("AsyncFor", for_fields(parts)),
        With(parts) => ("With", with_fields(parts)),
        AsyncWith(parts) => ("AsyncWith", with_fields(parts)),
        Try(parts) => ("Try", try_fields(parts)),
        TryStar(parts) => ("TryStar", try_fields(parts)),
        While { test, body, orelse } => ("While", branch_fields(test, body, orelse)),
        If { test, body, orelse } => ("If", branch_fields(test, body, orelse)),
        Match { subject, cases } => {
            let cases = Value::List(cases.iter().map(match_case).collect());
            ("Match", vec![("subject", expression(subject)), ("cases", cases)])
        }
        simple => simple_statement_fields(simple),
    }
}

fn simple_statement_fields(kind: &StmtKind) -> Fields {
    use StmtKind::*;
    match kind {
        Return { value } => ("Return", vec![("value", optional(value.as_deref()))]),
        Delete { targets } => ("Delete", vec![("targets", expressions(targets))]),
        Assign { targets, value } => {
            ("Assign", vec![("targets", expressions(targets)), ("value", expression(value))])
        }
        AugAssign { target, op, value } => {
            let op = bare(operator(*op));
            ("AugAssign", vec![("target", expression(target)), ("op", op), ("value", expression(value))])
        }
        AnnAssign { target, annotation, value, simple } => (
            "AnnAssign",
            vec![
                ("target", expression(target)),
                ("annotation", expression(annotation)),
                ("value", optional(value.as_deref())),
                ("simple", number(i64::from(*simple))),
            ],
        ),
        Raise { exc, cause } => {
            ("Raise", vec![("exc", optional(exc.as_deref())), ("cause", optional(cause.as_deref()))])
        }
        Assert { test, msg } => {
            ("Assert", vec![("test", expression(test)), ("msg", optional(msg.as_deref()))])
        }
        Import { names } => ("Import", vec![("names", aliases(names))]),
        ImportFrom { module, names, level } => (
            "ImportFrom",
            vec![
                ("module", optional_text(module.as_ref())),
                ("names", aliases(names)),
                ("level", number(i64::from(*level))),
            ],
        ),
        Global { names: all } => ("Global", vec![("names", names(all))]),
        Nonlocal { names: all } => ("Nonlocal", vec![("names", names(all))]),
        Expr { value } => ("Expr", vec![("value", expression(value))]),
        Break => ("Break", Vec::new()),
        Continue => ("Continue", Vec::new()),
        _ => ("Pass", Vec::new()),
    }
}

fn function_fields(definition: &FunctionDef) -> Vec<(&'static str, Value)> {
    vec![
        ("name", text(&definition.name)),
        ("args", arguments(&definition.args)),
        ("body", statements(&definition.body)),
        ("decorator_list", expressions(&definition.decorator_list)),
        ("returns", optional(definition.returns.as_deref())),
    ]
}

fn class_fields(definition: &ClassDef) -> Vec<(&'static str, Value)> {
    vec![
        ("name", text(&definition.name)),
        ("bases", expressions(&definition.bases)),
        ("keywords", keywords(&definition.keywords)),
        ("body", statements(&definition.body)),
        ("decorator_list", expressions(&definition.decorator_list)),
    ]
}

fn for_fields(parts: &For) -> Vec<(&'static str, Value)> {
    vec![
        ("target", expression(&parts.target)),
        ("iter", expression(&parts.iter)),
        ("body", statements(&parts.body)),
        ("orelse", statements(&parts.orelse)),
    ]
}

fn with_fields(parts: &With) -> Vec<(&'static str, Value)> {
    let item = |item: &WithItem| {
        let target = optional(item.optional_vars.as_deref());
        node("withitem", vec![("context_expr", expression(&item.context_expr)), ("optional_vars", target)])
    };
    let items = Value::List(parts.items.iter().map(item).collect());
    vec![("items", items), ("body", statements(&parts.body))]
}

fn try_fields(parts: &Try) -> Vec<(&'static str, Value)> {
    let handler = |handler: &ExceptHandler| {
        let fields = vec![
            ("type", optional(handler.r#type.as_deref())),
            ("name", optional_text(handler.name.as_ref())),
            ("body", statements(&handler.body)),
        ];
        ranged("ExceptHandler", handler.range, fields)
    };
    vec![
        ("body", statements(&parts.body)),
        ("handlers", Value::List(parts.handlers.iter().map(handler).collect())),
        ("orelse", statements(&parts.orelse)),
        ("finalbody", statements(&parts.finalbody)),
    ]
}

fn branch_fields(test: &Expr, body: &[Stmt], orelse: &[Stmt]) -> Vec<(&'static str, Value)> {
    vec![("test", expression(test)), ("body", statements(body)), ("orelse", statements(orelse))]
}

fn aliases(all: &[Alias]) -> Value {
    let alias = |alias: &Alias| {
        let fields = vec![("name", text(&alias.name)), ("asname", optional_text(alias.asname.as_ref()))];
        ranged("alias", alias.range, fields)
    };
    Value::List(all.iter().map(alias).collect())
}

fn keywords(all: &[Keyword]) -> Value {
    let keyword = |keyword: &Keyword| {
        let fields =
            vec![("arg", optional_text(keyword.arg.as_ref())), ("value", expression(&keyword.value))];
        ranged("keyword", keyword.range, fields)
    };
    Value::List(all.iter().map(keyword).collect())
}

fn arguments(arguments: &Arguments) -> Value {
    let one = |arg: &Arg| {
        let fields = vec![("arg", text(&arg.arg)), ("annotation", optional(arg.annotation.as_deref()))];
        ranged("arg", arg.range, fields)
    };
    let list = |all: &[Arg]| Value::List(all.iter().map(one).collect());
    let fields = vec![
        ("posonlyargs", list(&arguments.posonlyargs)),
        ("args", list(&arguments.args)),
        ("vararg", arguments.vararg.as_deref().map_or(Value::Absent, one)),
        ("kwonlyargs", list(&arguments.kwonlyargs)),
        ("kw_defaults", with_gaps(&arguments.kw_defaults)),
        ("kwarg", arguments.kwarg.as_deref().map_or(Value::Absent, one)),
        ("defaults", expressions(&arguments.defaults)),
    ];
    node("arguments", fields)
}

fn generators(all: &[Comprehension]) -> Value {
    let generator = |part: &Comprehension| {
        let fields = vec![
            ("target", expression(&part.target)),
            ("iter", expression(&part.iter)),
            ("ifs", expressions(&part.ifs)),
            ("is_async", number(i64::from(part.is_async))),
        ];
        node("comprehension", fields)
    };
    Value::List(all.iter().map(generator).collect())
}

fn expression(expression: &Expr) -> Value {
    let (name, fields) = expression_fields(&expression.kind);
    ranged(name, expression.range, fields)
}

fn expression_fields(kind: &ExprKind) -> Fields {
    use ExprKind::*;
    match kind {
        BoolOp { op, values } => {
            let op = bare(if *op == BoolOperator::And { "And" } else { "Or" });
            ("BoolOp", vec![("op", op), ("values", expressions(values))])
        }
        NamedExpr { target, value } => {
            ("NamedExpr", vec![("target", expression(target)), ("value", expression(value))])
        }
        BinOp { left, op, right } => {
            let op = bare(operator(*op));
            ("BinOp", vec![("left", expression(left)), ("op", op), ("right", expression(right))])
        }
        UnaryOp { op, operand } => {
            ("UnaryOp", vec![("op", bare(unary_operator(*op))), ("operand", expression(operand))])
        }
        Lambda { args, body } => ("Lambda", vec![("args", arguments(args)), ("body", expression(body))]),
        IfExp { test, body, orelse } => {
            let fields =
                vec![("test", expression(test)), ("body", expression(body)), ("orelse", expression(orelse))];
            ("IfExp", fields)
        }
        Dict { keys, values } => ("Dict", vec![("keys", with_gaps(keys)), ("values", expressions(values))]),
        Compare { left, ops, comparators } => {
            let ops = Value::List(ops.iter().map(|op| bare(comparison(*op))).collect());
            let fields =
                vec![("left", expression(left)), ("ops", ops), ("comparators", expressions(comparators))];
            ("Compare", fields)
        }
        Call { func, args, keywords: named } => {
            let fields =
                vec![("func", expression(func)), ("args", expressions(args)), ("keywords", keywords(named))];
            ("Call", fields)
        }
        Set { elts } => ("Set", vec![("elts", expressions(elts))]),
        Await { value } => ("Await", vec![("value", expression(value))]),
        Yield { value } => ("Yield", vec![("value", optional(value.as_deref()))]),
        YieldFrom { value } => ("YieldFrom", vec![("value", expression(value))]),
        Slice { lower, upper, step } => {
            let part = |part: &Option<Box<Expr>>| optional(part.as_deref());
            ("Slice", vec![("lower", part(lower)), ("upper", part(upper)), ("step", part(step))])
        }
        ListComp { .. } | SetComp { .. } | DictComp { .. } | GeneratorExp { .. } => {
            comprehension_fields(kind)
        }
        FormattedValue { .. } | JoinedStr { .. } | Constant { .. } => literal_fields(kind),
        _ => target_fields(kind),
    }
}

use super::ast::Constant as ConstantValue;

fn comprehension_fields(kind: &ExprKind) -> Fields {
    use ExprKind::*;
    let of = |name, elt: &Expr, all: &[Comprehension]| {
        (name, vec![("elt", expression(elt)), ("generators", generators(all))])
    };
    match kind {
        ListComp { elt, generators } => of("ListComp", elt, generators),
        SetComp { elt, generators } => of("SetComp", elt, generators),
        GeneratorExp { elt, generators } => of("GeneratorExp", elt, generators),
        DictComp { key, value, generators: all } => {
            let fields =
                vec![("key", expression(key)), ("value", expression(value)), ("generators", generators(all))];
            ("DictComp", fields)
        }
        _ => ("", Vec::new()),
    }
}

fn literal_fields(kind: &ExprKind) -> Fields {
    use ExprKind::*;
    match kind {
        FormattedValue { value, conversion, format_spec } => {
            let code = match conversion {
                Conversion::None => -1,
                Conversion::Str => i64::from(b's'),
                Conversion::Repr => i64::from(b'r'),
                Conversion::Ascii => i64::from(b'a'),
            };
            let fields = vec![
                ("value", expression(value)),
                ("conversion", number(code)),
                ("format_spec", optional(format_spec.as_deref())),
            ];
            ("FormattedValue", fields)
        }
        JoinedStr { values } => ("JoinedStr", vec![("values", expressions(values))]),
        Constant { value, unicode_prefix } => {
            let kind = if *unicode_prefix { text("u") } else { Value::Absent };
            ("Constant", vec![("value", Value::Text(constant(value))), ("kind", kind)])
        }
        _ => ("", Vec::new()),
    }
}

fn target_fields(kind: &ExprKind) -> Fields {
    use ExprKind::*;
    match kind {
        Attribute { value, attr, ctx } => {
            ("Attribute", vec![("value", expression(value)), ("attr", text(attr)), ("ctx", context(*ctx))])
        }
        Subscript { value, slice, ctx } => {
            let fields =
                vec![("value", expression(value)), ("slice", expression(slice)), ("ctx", context(*ctx))];
            ("Subscript", fields)
        }
        Starred { value, ctx } => ("Starred", vec![("value", expression(value)), ("ctx", context(*ctx))]),
        Name { id, ctx } => ("Name", vec![("id", text(id)), ("ctx", context(*ctx))]),
        List { elts, ctx } => ("List", vec![("elts", expressions(elts)), ("ctx", context(*ctx))]),
        Tuple { elts, ctx } => ("Tuple", vec![("elts", expressions(elts)), ("ctx", context(*ctx))]),
        _ => ("", Vec::new()),
    }
}

fn match_case(case: &MatchCase) -> Value {
    let fields = vec![
        ("pattern", pattern(&case.pattern)),
        ("guard", optional(case.guard.as_deref())),
        ("body", statements(&case.body)),
    ];
    node("match_case", fields)
}

fn pattern(pattern: &Pattern) -> Value {
    let (name, fields) = pattern_fields(&pattern.kind);
    ranged(name, pattern.range, fields)
}

fn pattern_fields(kind: &PatternKind) -> Fields {
    use PatternKind::*;
    let list = |all: &[Pattern]| Value::List(all.iter().map(pattern).collect());
    match kind {
        MatchValue { value } => ("MatchValue", vec![("value", expression(value))]),
        MatchSingleton { value } => ("MatchSingleton", vec![("value", Value::Text(constant(value)))]),
        MatchSequence { patterns } => ("MatchSequence", vec![("patterns", list(patterns))]),
        MatchMapping { keys, patterns, rest } => (
            "MatchMapping",
            vec![
                ("keys", expressions(keys)),
                ("patterns", list(patterns)),
                ("rest", optional_text(rest.as_ref())),
            ],
        ),
        MatchClass { cls, patterns, kwd_attrs, kwd_patterns } => (
            "MatchClass",
            vec![
                ("cls", expression(cls)),
                ("patterns", list(patterns)),
                ("kwd_attrs", names(kwd_attrs)),
                ("kwd_patterns", list(kwd_patterns)),
            ],
        ),
        MatchStar { name } => ("MatchStar", vec![("name", optional_text(name.as_ref()))]),
        MatchAs { pattern: inner, name } => {
            let inner = inner.as_deref().map_or(Value::Absent, pattern);
            ("MatchAs", vec![("pattern", inner), ("name", optional_text(name.as_ref()))])
        }
        MatchOr { patterns } => ("MatchOr", vec![("patterns", list(patterns))]),
    }
}

fn context(context: Context) -> Value {
    bare(match context {
        Context::Load => "Load",
        Context::Store => "Store",
        Context::Del => "Del",
    })
}
