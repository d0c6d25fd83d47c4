//! What a declaration does not depend on, found without the parser: the statements of functions and the elements of composite
//! literals, which are most of a file. Only sure finds count; what is not found is parsed, which costs time and nothing else.

use std::ops::Range;

use crate::lexer::Lexer;

/// What stands between the braces of bodies and of composite literals in this part of a file, in order, but for what is
/// inside of one that is there already.
///
/// None where brackets don't match, and in parts with `[...]`, where the number of elements is part of a type. A part that
/// begins with a function ends behind its body.
pub(crate) fn bodies(part: &[u8]) -> Vec<Range<usize>> {
    find(part).unwrap_or_default()
}

fn find(part: &[u8]) -> Option<Vec<Range<usize>>> {
    let mut lexer = Lexer::new(part);
    let of_function = lexer.eat_keyword(b"func");
    if !of_function && !lexer.eat_keyword(b"var") {
        return None;
    }
    let mut bodies = Vec::new();
    let mut depth = 0_usize;
    // Of a body that was not closed so far, where it begins and how deep.
    let mut open: Option<(usize, usize)> = None;
    // Of the last token, whether a list of fields or methods may follow.
    let mut opens_type = false;
    loop {
        let (mut from, mut is_end) = (lexer.position(), false);
        lexer.skip_space(|comment| {
            // A comment that spans lines may end a declaration.
            is_end |= part[from..comment.start].contains(&b';') || part[comment.clone()].contains(&b'\n');
            from = comment.end;
        });
        let at = lexer.position();
        // One line may hold several declarations.
        if depth == 0 && (is_end || part[from..at].contains(&b';')) {
            return (!of_function).then_some(bodies);
        }
        if at == part.len() {
            return (depth == 0 && !of_function).then_some(bodies);
        }
        if let Some(word) = lexer.identifier() {
            opens_type = matches!(&part[word], b"struct" | b"interface");
            continue;
        }
        if lexer.string().is_some() || lexer.rune() {
            opens_type = false;
            continue;
        }
        match lexer.next_byte() {
            Some(b'.') if !of_function && open.is_none() && part[..at].ends_with(b"..") => return None,
            Some(b'{') if open.is_none() && !opens_type && (depth == 0 || !of_function) => {
                open = Some((at + 1, depth));
                depth += 1;
            }
            Some(b'(' | b'[' | b'{') => depth += 1,
            Some(byte @ (b')' | b']' | b'}')) => {
                depth = depth.checked_sub(1)?;
                if let Some((start, _)) = open.take_if(|(_, outside)| *outside == depth) {
                    if byte != b'}' {
                        return None;
                    }
                    bodies.push(start..at);
                    if of_function {
                        return Some(bodies);
                    }
                }
            }
            _ => {}
        }
        opens_type = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each body is what stands between `«` and `»`.
    #[track_caller]
    fn check(marked: &str) {
        let source = marked.replace(['«', '»'], "");
        let (mut found, mut from) = (String::new(), 0);
        for body in bodies(source.as_bytes()) {
            found += &format!("{}«{}»", &source[from..body.start], &source[body.clone()]);
            from = body.end;
        }
        assert_eq!(found + &source[from..], marked);
    }

    #[test]
    fn the_body_of_a_function_follows_its_result() {
        check("func f() {«»}\n");
        check("func (t *T) f(x int) (n int, err error) {« return g(\"}\", '}', `}`) /* } */ // }\n »}\n\n// next\n");
        check("func f[T interface{ ~int }](x struct{ a int }) interface{ M() } {« if x { y{} } »}");
        check("func f() struct /* { */ { a int } {« »}");
        check("func f(x ...T) map[string]struct{} {« »}; var x = T{1}");
        check("func f() {« a; b »}");
        check("func f() {« \"\n»}\n");
        check("func f(x, // c;\n\ty int) /* ; */ {« // ;\n»}\n");
        check("func f() {« /*\n*/ g() »} /*\n*/ func h() {}\n");
    }

    #[test]
    fn literals_of_variables_are_bodies() {
        check("var x = T{«1, T{2}»}\n");
        check("var (\n\ta = []struct{ b int }{«{1}»}\n\tc = func() interface{} {« return x{} »}\n\td int\n)\n\n// e\n");
        check("var x interface{ M() } = f(&T{«1»}, '{', `{`)");
        check("var x = T{«1»}; var y = T{1}");
        check("var x = T{«1»} /*\n*/ type T struct { x int }");
        check("var x struct{ f [len(T{«1»})]int }");
    }

    #[test]
    fn what_can_not_be_told_is_none() {
        check("type T struct { x int }\n");
        check("var x = [...]int{1}\n");
        check("var x, y = T{1}, [ ... ]int{1}\n");
        check("var x = T{1)\n");
        check("var x = T{T{1}\n");
        check("function() { }\n");
        check("func f() interface{ M() }\n");
        check("func f() struct{}\n");
        check("func f(); var x = T{1}\n");
        check("func f() {\n\tif x {\n}\n");
        check("func f()) {}\n");
        check("func f() { ) }\n");
        check("func f(");
        check("");
    }
}
