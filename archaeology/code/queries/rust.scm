; Rust. The capture names and settings are described in docs/adding-a-language.md.

; Definitions. An impl block only lends its type's name to what is in it, and its trait to the type.
(struct_item name: (type_identifier) @name (#set! word "struct")) @definition.struct
(union_item name: (type_identifier) @name (#set! word "union")) @definition.struct
(enum_item name: (type_identifier) @name (#set! word "enum")) @definition.enum
(trait_item name: (type_identifier) @name (#set! word "trait")) @definition.trait
(trait_item bounds: (trait_bounds (_) @base) (#set! word "trait"))
(type_item name: (type_identifier) @name (#set! word "type")) @definition.type
(impl_item type: (_) @name (#set! word "impl")) @definition._silent
(impl_item trait: (_) @base (#set! word "impl"))
(mod_item name: (identifier) @name body: (_) (#set! word "mod")) @definition.module
(function_item name: (identifier) @name (#set! word "fn")) @definition.function
(function_signature_item name: (identifier) @name (#set! word "fn")) @definition.function
(const_item name: (identifier) @name (#set! word "const")) @definition.constant
(static_item name: (identifier) @name (#set! word "static")) @definition.constant
(macro_definition name: (identifier) @name (#set! word "macro_rules!")) @definition.function
(struct_item (visibility_modifier) @modifier (#set! word "struct"))
(enum_item (visibility_modifier) @modifier (#set! word "enum"))
(trait_item (visibility_modifier) @modifier (#set! word "trait"))
(type_item (visibility_modifier) @modifier (#set! word "type"))
(mod_item (visibility_modifier) @modifier (#set! word "mod"))
(function_item (visibility_modifier) @modifier (#set! word "fn"))
(const_item (visibility_modifier) @modifier (#set! word "const"))
(static_item (visibility_modifier) @modifier (#set! word "static"))
(attribute_item (attribute) @decorator (#set! word "#"))

; Imports
(use_declaration argument: (_) @import.module (#set! word "use")) @import
(use_declaration (visibility_modifier) (#set! word "use")) @scope.reexport
(extern_crate_declaration name: (identifier) @import.module (#set! word "extern")) @import
(source_file (attribute_item (attribute (identifier) @_cfg)) . (use_declaration) @scope.conditional
  (#eq? @_cfg "cfg") (#set! word "cfg") (#set! height "3"))
(declaration_list (attribute_item (attribute (identifier) @_cfg)) . (use_declaration) @scope.conditional
  (#eq? @_cfg "cfg") (#set! word "cfg") (#set! height "3"))
(block (attribute_item (attribute (identifier) @_cfg)) . (use_declaration) @scope.conditional
  (#eq? @_cfg "cfg") (#set! word "cfg") (#set! height "3"))

; Errors
(call_expression function: (identifier) @_err arguments: (arguments . [
    (identifier) @raise
    (scoped_identifier) @raise
    (call_expression function: [(scoped_identifier) (identifier)] @raise)
    (struct_expression name: (_) @raise)])
  (#eq? @_err "Err") (#set! word "Err"))
(macro_invocation macro: (_) @raise
  (#any-of? @raise "panic" "bail" "anyhow" "unreachable" "todo" "unimplemented" "ensure" "anyhow::bail" "anyhow::anyhow")
  (#set! word "!"))
(match_arm pattern: (match_pattern (tuple_struct_pattern type: (identifier) @_err . (identifier)? .
    [(scoped_identifier) (tuple_struct_pattern) (struct_pattern)]? @catch.type))
  (#eq? @_err "Err") (#set! word "Err") (#set! height "3")) @catch

; Calls
(call_expression function: [(scoped_identifier) (identifier)] @call)
(macro_invocation macro: (scoped_identifier) @call (#set! word "!"))

; Prose
((line_comment) @comment (#set! mark "//"))
((block_comment) @comment (#set! mark "/*"))
