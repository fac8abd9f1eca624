; Swift: symbols, imports as written, prose. The capture names are described in docs/adding-a-language.md.

(class_declaration declaration_kind: "class" name: (_) @name) @definition.class
(class_declaration declaration_kind: "actor" name: (_) @name) @definition.class
(class_declaration declaration_kind: "struct" name: (_) @name) @definition.struct
(class_declaration declaration_kind: "enum" name: (_) @name) @definition.enum
(class_declaration declaration_kind: "extension" name: (_) @name) @definition._silent
(protocol_declaration name: (_) @name) @definition.protocol
; Not by the field `name`, which the return type has too, nor by the kind of the name: such a pattern takes a tenth of a second to
; compile. Without a name of its own (an operator that the grammar knows) what follows is a parameter.
(function_declaration "func" . (_) @name (#match? @name "^[^ :(]+$")) @definition.function
(protocol_function_declaration name: (_) @name) @definition.function
(inheritance_specifier inherits_from: (_) @base)
(modifiers (visibility_modifier) @modifier)
(modifiers (attribute (user_type) @decorator))
(import_declaration (identifier) @import.module) @import
(comment) @comment
(multiline_comment) @comment
