/**
 * What Go is, where tree-sitter-go's grammar says otherwise; all else is taken from there. `cargo xtask grammar` makes
 * src/parser.c of it. It has no kinds of nodes and no fields that rules don't know: golint-tree's vocabulary lists them.
 *
 * The rules follow the Go specification up to Go 1.27.
 */

const base = require('tree-sitter-go/grammar');

// As in the base.
const PREC = {primary: 7, composite_literal: -1};

// Behind all that may stand there instead.
const LAST = -2;

const newline = /\n/;

// A comment that spans lines ends a statement as the end of a line does (specification, "Comments").
const terminator = $ => choice(newline, ';', '\0', seq($.comment_across_lines, optional(newline)));

const list = rule => seq(rule, repeat(seq(',', rule)));

// What stands between brackets, with terminators in between, and behind the last one where somebody wants it.
const group = ($, rule) => optional(seq(rule, repeat(seq(terminator($), rule)), optional(terminator($))));

// A type that may as well be a value. Where the line ends behind it, it is one: without the second rule, the end of the line
// would be white space to a parser that tries the type, and what begins the next line would go on with it. The first rule
// wins where a type can stand there and nothing else.
const type_or_value = ($, first, last) => choice(
  seq(...first, last),
  seq(...first, prec(LAST, seq(last, terminator($), $._nothing))),
);

// Types with methods, which can be selected although the types have no name.
const written_type_with_methods = $ => choice($.struct_type, $.interface_type);

// Names that are words of their own to the grammar, because a type may be their argument.
const builtin = choice('new', 'make');

const initializer = $ => optional(choice(
  seq(field('initializer', $._simple_statement), terminator($)),
  ';',
));

module.exports = grammar(base, {
  name: 'golint_go',

  extras: $ => [
    $.comment,
    $.comment_across_lines,
    /\s/,
  ],

  conflicts: ($, original) => original
    .filter(names => !(names.length === 3 && names[0].name === 'type_parameter_declaration'))
    .concat([
      [$.type_parameter_declaration, $._simple_type],
      [$._expression, $.type_qualified_by_builtin],
      [$.type_elem, $.type_instantiation_expression],
    ]),

  rules: {
    source_file: $ => seq(
      repeat(seq(choice($._statement, $.empty_statement, $._top_level_declaration), terminator($))),
      optional($._top_level_declaration),
    ),

    // Declarations

    import_spec_list: $ => seq('(', group($, $.import_spec), ')'),

    const_declaration: $ => seq('const', choice($.const_spec, seq('(', group($, $.const_spec), ')'))),

    var_spec_list: $ => seq('(', group($, $.var_spec), ')'),

    type_declaration: $ => seq('type', choice(
      $.type_spec,
      $.type_alias,
      seq('(', group($, choice($.type_spec, $.type_alias)), ')'),
    )),

    // Methods may have type parameters since Go 1.27.
    method_declaration: $ => prec.right(1, seq(
      'func',
      field('receiver', $.parameter_list),
      field('name', $._field_identifier),
      field('type_parameters', optional($.type_parameter_list)),
      field('parameters', $.parameter_list),
      field('result', optional(choice($.parameter_list, $._simple_type))),
      field('body', optional($.block)),
    )),

    // Types

    field_declaration_list: $ => seq('{', group($, $.field_declaration), '}'),

    interface_type: $ => seq('interface', '{', group($, $._interface_elem), '}'),

    parenthesized_type: $ => type_or_value($, ['(', $._type], ')'),

    qualified_type: $ => type_or_value(
      $,
      [field('package', $._package_identifier), '.'],
      field('name', $._type_identifier),
    ),

    type_arguments: $ => prec.dynamic(2, type_or_value($, ['[', list($.type_elem), optional(',')], ']')),

    // As weak as in an expression: of two that are equal the parser tries both.
    _simple_type: ($, original) => choice(
      ...original.members.filter(member => !['struct_type', 'interface_type'].includes(member.name)),
      prec(LAST, written_type_with_methods($)),
    ),

    // Statements

    // An empty statement needs no terminator behind it: it is one.
    statement_list: $ => choice(
      seq(repeat1($._ended_statement), optional(choice($._statement, $._label_at_end))),
      $._statement,
      $._label_at_end,
    ),

    _ended_statement: $ => prec.right(choice(
      seq($._statement, terminator($)),
      seq($.empty_statement, optional(terminator($))),
    )),

    _statement: ($, original) => choice(...original.members.filter(member => member.name !== 'empty_statement')),

    labeled_statement: $ => seq(field('label', $._label), ':', choice($._statement, $.empty_statement)),

    _label_at_end: $ => alias($.empty_labeled_statement, $.labeled_statement),

    empty_labeled_statement: $ => seq(field('label', $._label), ':', optional($._label_at_end)),

    // What Go declares itself are names like all others.
    _label: $ => alias(choice($.identifier, builtin, $.nil, $.true, $.false, $.iota), $.label_name),

    if_statement: $ => seq(
      'if',
      initializer($),
      field('condition', $._expression),
      field('consequence', $.block),
      optional(seq('else', field('alternative', choice($.block, $.if_statement)))),
    ),

    // Behind a semicolon, as behind `for`, the end of a line is white space.
    for_clause: $ => seq(
      choice(seq(field('initializer', $._simple_statement), terminator($)), ';'),
      choice(seq(field('condition', $._expression), terminator($)), ';'),
      field('update', optional($._simple_statement)),
    ),

    expression_switch_statement: $ => seq(
      'switch',
      initializer($),
      field('value', optional($._expression)),
      '{',
      repeat(choice($.expression_case, $.default_case)),
      '}',
    ),

    _type_switch_header: $ => seq(
      initializer($),
      optional(seq(field('alias', $.expression_list), ':=')),
      field('value', $._expression),
      '.',
      '(',
      'type',
      ')',
    ),

    // Expressions

    // Any type begins a method expression. What can be a conversion is one.
    _expression: ($, original) => choice(
      ...original.members,
      prec.dynamic(-100, prec(LAST, written_type_with_methods($))),
    ),

    // Without the types that have a name: what looks like a call is one, and is not parsed a second time to find out. And
    // without pointers: what begins with a star has the value behind it converted first (specification, "Conversions").
    type_conversion_expression: $ => prec.dynamic(-1, seq(
      field('type', choice(
        $.generic_type,
        $.array_type,
        $.slice_type,
        $.map_type,
        $.channel_type,
        $.function_type,
        $.parenthesized_type,
        written_type_with_methods($),
      )),
      '(',
      field('operand', $._expression),
      optional(','),
      ')',
    )),

    // Of generic functions and, since Go 1.27, of methods, which no type can stand for. One type in brackets is an index.
    type_instantiation_expression: ($, original) => choice(
      original,
      prec.dynamic(-50, seq(
        prec(PREC.primary, seq(field('type', $._expression), '[')),
        $._type,
        repeat1(seq(',', $._type)),
        optional(','),
        ']',
      )),
    ),

    // Of `new` and `make`. Since Go 1.26 `new` takes any expression; what can be a type is one. Both may be functions of the
    // program, too.
    special_argument_list: $ => seq(
      '(',
      optional(seq(
        choice(
          prec.dynamic(100, seq($._type, repeat(seq(',', $._expression)))),
          list(choice($._expression, $.variadic_argument)),
        ),
        optional(','),
      )),
      ')',
    ),

    // The function may be `(make)`.
    argument_list: $ => seq(
      '(',
      optional(seq(list(choice($._expression, $.variadic_argument, $._written_type)), optional(','))),
      ')',
    ),

    _written_type: $ => prec(LAST, choice($.slice_type, $.array_type, $.map_type, $.channel_type, $.function_type)),

    // Comes last: in the header of a statement, `a.B {` begins its body (specification, "Composite literals").
    composite_literal: $ => prec(PREC.composite_literal, prec.dynamic(-1000, seq(
      field('type', choice(
        $.map_type,
        $.slice_type,
        $.array_type,
        $.implicit_length_array_type,
        $.struct_type,
        $._type_identifier,
        $.generic_type,
        $.qualified_type,
        alias(builtin, $.type_identifier),
        alias($.type_qualified_by_builtin, $.qualified_type),
      )),
      field('body', $.literal_value),
    ))),

    type_qualified_by_builtin: $ => seq(
      field('package', alias(builtin, $.package_identifier)),
      '.',
      field('name', $._type_identifier),
    ),

    // Tokens

    identifier: _ => /[_\p{L}][_\p{L}\p{Nd}]*/,

    comment: _ => token(choice(
      seq('//', /.*/),
      seq('/*', /[^*\n]*\*+([^/*\n][^*\n]*\*+)*/, '/'),
    )),

    // golint-syntax takes it for a comment like all others.
    comment_across_lines: _ => token(seq(
      '/*',
      /[^*\n]*(\*+[^/*\n][^*\n]*)*\**\n/,
      /[^*]*\*+([^/*][^*]*\*+)*/,
      '/',
    )),

    // Nothing that can be written. Two tokens, so that the parser never takes one of them for what somebody forgot.
    _nothing: _ => seq(/\u{10FFFE}/, /\u{10FFFF}/),
  },
});
