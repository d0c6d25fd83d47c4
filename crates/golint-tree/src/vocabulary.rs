//! The vocabulary of the flat tree: every node kind and every field name, with the number that stands for it.
//!
//! The lists are append-only over all versions: a number never changes its meaning and is never reused. When the
//! grammar renames or drops a kind, golint-syntax maps what it gets to what stands here. It never names tree-sitter.

/// The kind of a node, as its number in [`KINDS`]. Named kinds and tokens share one numbering; no name occurs twice.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Kind(pub u16);

/// The field under which a node stands in its parent, as its number in [`FIELDS`]. 0 is no field.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Field(pub u8);

impl Kind {
    /// The name, as rules write it in their interests; a number from a later version of the vocabulary has none.
    pub fn name(self) -> &'static str {
        KINDS.get(usize::from(self.0)).copied().unwrap_or("unknown")
    }

    /// The kind with this name.
    pub fn from_name(name: &str) -> Option<Kind> {
        KINDS.iter().position(|k| *k == name).map(|i| Kind(i as u16))
    }
}

impl Field {
    /// The name, empty for no field.
    pub fn name(self) -> &'static str {
        FIELDS.get(usize::from(self.0)).copied().unwrap_or("unknown")
    }

    /// The field with this name.
    pub fn from_name(name: &str) -> Option<Field> {
        FIELDS.iter().position(|f| *f == name).map(|i| Field(i as u8))
    }
}

impl core::fmt::Debug for Kind {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.name())
    }
}

impl core::fmt::Debug for Field {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.name())
    }
}

/// Writes the numbered list once: the constants, and the table of names in the order of the numbers.
macro_rules! vocabulary {
    ($table:ident, $module:ident, $type:ident, $about:literal, $($number:literal $constant:ident $name:literal,)*) => {
        #[doc = $about]
        pub const $table: &[&str] = &[$($name),*];

        #[doc = $about]
        pub mod $module {
            use super::$type;
            $(
                #[doc = concat!("`` ", $name, " ``")]
                pub const $constant: $type = $type($number);
            )*
        }

        // A number that is not its own position would silently give a node another name.
        const _: () = {
            let mut position = 0;
            $(
                assert!(position == $number);
                position += 1;
            )*
            assert!(position == $table.len());
        };
    };
}

vocabulary! {
    KINDS, kind, Kind, "Node kinds by number. Append-only.",
    0 ERROR "ERROR",
    1 ARGUMENT_LIST "argument_list",
    2 ARRAY_TYPE "array_type",
    3 ASSIGNMENT_STATEMENT "assignment_statement",
    4 BINARY_EXPRESSION "binary_expression",
    5 BLANK_IDENTIFIER "blank_identifier",
    6 BLOCK "block",
    7 BREAK_STATEMENT "break_statement",
    8 CALL_EXPRESSION "call_expression",
    9 CHANNEL_TYPE "channel_type",
    10 COMMENT "comment",
    11 COMMUNICATION_CASE "communication_case",
    12 COMPOSITE_LITERAL "composite_literal",
    13 CONST_DECLARATION "const_declaration",
    14 CONST_SPEC "const_spec",
    15 CONTINUE_STATEMENT "continue_statement",
    16 DEC_STATEMENT "dec_statement",
    17 DEFAULT_CASE "default_case",
    18 DEFER_STATEMENT "defer_statement",
    19 DOT "dot",
    20 EMPTY_STATEMENT "empty_statement",
    21 ESCAPE_SEQUENCE "escape_sequence",
    22 EXPRESSION_CASE "expression_case",
    23 EXPRESSION_LIST "expression_list",
    24 EXPRESSION_STATEMENT "expression_statement",
    25 EXPRESSION_SWITCH_STATEMENT "expression_switch_statement",
    26 FALLTHROUGH_STATEMENT "fallthrough_statement",
    27 FALSE "false",
    28 FIELD_DECLARATION "field_declaration",
    29 FIELD_DECLARATION_LIST "field_declaration_list",
    30 FIELD_IDENTIFIER "field_identifier",
    31 FLOAT_LITERAL "float_literal",
    32 FOR_CLAUSE "for_clause",
    33 FOR_STATEMENT "for_statement",
    34 FUNC_LITERAL "func_literal",
    35 FUNCTION_DECLARATION "function_declaration",
    36 FUNCTION_TYPE "function_type",
    37 GENERIC_TYPE "generic_type",
    38 GO_STATEMENT "go_statement",
    39 GOTO_STATEMENT "goto_statement",
    40 IDENTIFIER "identifier",
    41 IF_STATEMENT "if_statement",
    42 IMAGINARY_LITERAL "imaginary_literal",
    43 IMPLICIT_LENGTH_ARRAY_TYPE "implicit_length_array_type",
    44 IMPORT_DECLARATION "import_declaration",
    45 IMPORT_SPEC "import_spec",
    46 IMPORT_SPEC_LIST "import_spec_list",
    47 INC_STATEMENT "inc_statement",
    48 INDEX_EXPRESSION "index_expression",
    49 INT_LITERAL "int_literal",
    50 INTERFACE_TYPE "interface_type",
    51 INTERPRETED_STRING_LITERAL "interpreted_string_literal",
    52 INTERPRETED_STRING_LITERAL_CONTENT "interpreted_string_literal_content",
    53 IOTA "iota",
    54 KEYED_ELEMENT "keyed_element",
    55 LABEL_NAME "label_name",
    56 LABELED_STATEMENT "labeled_statement",
    57 LITERAL_ELEMENT "literal_element",
    58 LITERAL_VALUE "literal_value",
    59 MAP_TYPE "map_type",
    60 METHOD_DECLARATION "method_declaration",
    61 METHOD_ELEM "method_elem",
    62 NEGATED_TYPE "negated_type",
    63 NIL "nil",
    64 PACKAGE_CLAUSE "package_clause",
    65 PACKAGE_IDENTIFIER "package_identifier",
    66 PARAMETER_DECLARATION "parameter_declaration",
    67 PARAMETER_LIST "parameter_list",
    68 PARENTHESIZED_EXPRESSION "parenthesized_expression",
    69 PARENTHESIZED_TYPE "parenthesized_type",
    70 POINTER_TYPE "pointer_type",
    71 QUALIFIED_TYPE "qualified_type",
    72 RANGE_CLAUSE "range_clause",
    73 RAW_STRING_LITERAL "raw_string_literal",
    74 RAW_STRING_LITERAL_CONTENT "raw_string_literal_content",
    75 RECEIVE_STATEMENT "receive_statement",
    76 RETURN_STATEMENT "return_statement",
    77 RUNE_LITERAL "rune_literal",
    78 SELECT_STATEMENT "select_statement",
    79 SELECTOR_EXPRESSION "selector_expression",
    80 SEND_STATEMENT "send_statement",
    81 SHORT_VAR_DECLARATION "short_var_declaration",
    82 SLICE_EXPRESSION "slice_expression",
    83 SLICE_TYPE "slice_type",
    84 SOURCE_FILE "source_file",
    85 STATEMENT_LIST "statement_list",
    86 STRUCT_TYPE "struct_type",
    87 TRUE "true",
    88 TYPE_ALIAS "type_alias",
    89 TYPE_ARGUMENTS "type_arguments",
    90 TYPE_ASSERTION_EXPRESSION "type_assertion_expression",
    91 TYPE_CASE "type_case",
    92 TYPE_CONSTRAINT "type_constraint",
    93 TYPE_CONVERSION_EXPRESSION "type_conversion_expression",
    94 TYPE_DECLARATION "type_declaration",
    95 TYPE_ELEM "type_elem",
    96 TYPE_IDENTIFIER "type_identifier",
    97 TYPE_INSTANTIATION_EXPRESSION "type_instantiation_expression",
    98 TYPE_PARAMETER_DECLARATION "type_parameter_declaration",
    99 TYPE_PARAMETER_LIST "type_parameter_list",
    100 TYPE_SPEC "type_spec",
    101 TYPE_SWITCH_STATEMENT "type_switch_statement",
    102 UNARY_EXPRESSION "unary_expression",
    103 VAR_DECLARATION "var_declaration",
    104 VAR_SPEC "var_spec",
    105 VAR_SPEC_LIST "var_spec_list",
    106 VARIADIC_ARGUMENT "variadic_argument",
    107 VARIADIC_PARAMETER_DECLARATION "variadic_parameter_declaration",
    108 SEMICOLON ";",
    109 END_OF_FILE "end of file",
    110 PACKAGE_KEYWORD "package",
    111 IMPORT_KEYWORD "import",
    112 PERIOD ".",
    113 LEFT_PAREN "(",
    114 RIGHT_PAREN ")",
    115 CONST_KEYWORD "const",
    116 COMMA ",",
    117 ASSIGN "=",
    118 VAR_KEYWORD "var",
    119 FUNC_KEYWORD "func",
    120 LEFT_BRACKET "[",
    121 RIGHT_BRACKET "]",
    122 ELLIPSIS "...",
    123 TYPE_KEYWORD "type",
    124 STAR "*",
    125 STRUCT_KEYWORD "struct",
    126 TILDE "~",
    127 LEFT_BRACE "{",
    128 RIGHT_BRACE "}",
    129 INTERFACE_KEYWORD "interface",
    130 OR "|",
    131 MAP_KEYWORD "map",
    132 CHAN_KEYWORD "chan",
    133 ARROW "<-",
    134 DEFINE ":=",
    135 INCREMENT "++",
    136 DECREMENT "--",
    137 MULTIPLY_ASSIGN "*=",
    138 DIVIDE_ASSIGN "/=",
    139 REMAINDER_ASSIGN "%=",
    140 SHIFT_LEFT_ASSIGN "<<=",
    141 SHIFT_RIGHT_ASSIGN ">>=",
    142 AND_ASSIGN "&=",
    143 AND_NOT_ASSIGN "&^=",
    144 ADD_ASSIGN "+=",
    145 SUBTRACT_ASSIGN "-=",
    146 OR_ASSIGN "|=",
    147 XOR_ASSIGN "^=",
    148 COLON ":",
    149 FALLTHROUGH_KEYWORD "fallthrough",
    150 BREAK_KEYWORD "break",
    151 CONTINUE_KEYWORD "continue",
    152 GOTO_KEYWORD "goto",
    153 RETURN_KEYWORD "return",
    154 GO_KEYWORD "go",
    155 DEFER_KEYWORD "defer",
    156 IF_KEYWORD "if",
    157 ELSE_KEYWORD "else",
    158 FOR_KEYWORD "for",
    159 RANGE_KEYWORD "range",
    160 SWITCH_KEYWORD "switch",
    161 CASE_KEYWORD "case",
    162 DEFAULT_KEYWORD "default",
    163 SELECT_KEYWORD "select",
    164 PLUS "+",
    165 MINUS "-",
    166 NOT "!",
    167 XOR "^",
    168 AMPERSAND "&",
    169 DIVIDE "/",
    170 REMAINDER "%",
    171 SHIFT_LEFT "<<",
    172 SHIFT_RIGHT ">>",
    173 AND_NOT "&^",
    174 EQUAL "==",
    175 NOT_EQUAL "!=",
    176 LESS "<",
    177 LESS_EQUAL "<=",
    178 GREATER ">",
    179 GREATER_EQUAL ">=",
    180 LOGICAL_AND "&&",
    181 LOGICAL_OR "||",
    182 BACKQUOTE "`",
    183 QUOTE "\"",
}

vocabulary! {
    FIELDS, field, Field, "Field names by number; 0 is no field. Append-only.",
    0 NONE "",
    1 ALIAS "alias",
    2 ALTERNATIVE "alternative",
    3 ARGUMENTS "arguments",
    4 BODY "body",
    5 CAPACITY "capacity",
    6 CHANNEL "channel",
    7 COMMUNICATION "communication",
    8 CONDITION "condition",
    9 CONSEQUENCE "consequence",
    10 ELEMENT "element",
    11 END "end",
    12 FIELD "field",
    13 FUNCTION "function",
    14 INDEX "index",
    15 INITIALIZER "initializer",
    16 KEY "key",
    17 LABEL "label",
    18 LEFT "left",
    19 LENGTH "length",
    20 NAME "name",
    21 OPERAND "operand",
    22 OPERATOR "operator",
    23 PACKAGE "package",
    24 PARAMETERS "parameters",
    25 PATH "path",
    26 RECEIVER "receiver",
    27 RESULT "result",
    28 RIGHT "right",
    29 START "start",
    30 TAG "tag",
    31 TYPE "type",
    32 TYPE_ARGUMENTS "type_arguments",
    33 TYPE_PARAMETERS "type_parameters",
    34 UPDATE "update",
    35 VALUE "value",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_occurs_twice() {
        for table in [KINDS, FIELDS] {
            for (i, name) in table.iter().enumerate() {
                assert_eq!(table.iter().position(|n| n == name), Some(i), "{name}");
            }
        }
    }

    #[test]
    fn names_and_numbers_are_inverse() {
        assert_eq!(Kind::from_name("for_statement"), Some(kind::FOR_STATEMENT));
        assert_eq!(kind::FOR_STATEMENT.name(), "for_statement");
        assert_eq!(Field::from_name("body"), Some(field::BODY));
        assert_eq!(Kind::from_name("no_such_kind"), None);
    }
}
