; Rust. The capture names are described in docs/adding-a-language.md.

; Definitions. An impl block only lends its type's name to what is in it, and its trait to the type.
(struct_item name: (type_identifier) @name) @definition.struct
(union_item name: (type_identifier) @name) @definition.struct
(enum_item name: (type_identifier) @name) @definition.enum
(trait_item name: (type_identifier) @name) @definition.trait
(trait_item bounds: (trait_bounds (_) @base))
(type_item name: (type_identifier) @name) @definition.type
(impl_item type: (_) @name) @definition._silent
(impl_item trait: (_) @base)
(mod_item name: (identifier) @name body: (_)) @definition.module
(function_item name: (identifier) @name) @definition.function
(function_signature_item name: (identifier) @name) @definition.function
(const_item name: (identifier) @name) @definition.constant
(static_item name: (identifier) @name) @definition.constant
(macro_definition name: (identifier) @name) @definition.function
(struct_item (visibility_modifier) @modifier)
(enum_item (visibility_modifier) @modifier)
(trait_item (visibility_modifier) @modifier)
(type_item (visibility_modifier) @modifier)
(mod_item (visibility_modifier) @modifier)
(function_item (visibility_modifier) @modifier)
(const_item (visibility_modifier) @modifier)
(static_item (visibility_modifier) @modifier)
(attribute_item (attribute) @decorator)

; Imports
(use_declaration argument: (_) @import.module) @import
(use_declaration (visibility_modifier)) @scope.reexport
(extern_crate_declaration name: (identifier) @import.module) @import
((attribute_item (attribute (identifier) @_cfg)) . (use_declaration) @scope.conditional (#eq? @_cfg "cfg"))

; Errors
(call_expression function: (identifier) @_err arguments: (arguments . [
    (identifier) @raise
    (scoped_identifier) @raise
    (call_expression function: [(scoped_identifier) (identifier)] @raise)
    (struct_expression name: (_) @raise)])
  (#eq? @_err "Err"))
(macro_invocation macro: (_) @raise
  (#any-of? @raise "panic" "bail" "anyhow" "unreachable" "todo" "unimplemented" "ensure" "anyhow::bail" "anyhow::anyhow"))
(match_arm pattern: (match_pattern (tuple_struct_pattern type: (identifier) @_err . (identifier)? .
    [(scoped_identifier) (tuple_struct_pattern) (struct_pattern)]? @catch.type))
  (#eq? @_err "Err")) @catch

; Calls
(call_expression function: [(scoped_identifier) (identifier)] @call)
(macro_invocation macro: (scoped_identifier) @call)

; Prose
((line_comment) @comment (#set! mark "//"))
((block_comment) @comment (#set! mark "/*"))
