; C++: symbols, includes as written, prose. The capture names are described in docs/adding-a-language.md.

(function_definition declarator: (function_declarator declarator: [(identifier) (field_identifier) (qualified_identifier)] @name))
  @definition.function
(function_definition declarator: (_ (function_declarator declarator: [(identifier) (field_identifier) (qualified_identifier)] @name)))
  @definition.function
(class_specifier name: (_) @name body: (_)) @definition.class
(struct_specifier name: (_) @name body: (_)) @definition.struct
(enum_specifier name: (_) @name body: (_)) @definition.enum
(namespace_definition name: (_) @name) @definition.module
(base_class_clause [(type_identifier) (qualified_identifier) (template_type)] @base)
(field_declaration_list (access_specifier) @section)
(preproc_include path: (_) @import.module) @import
(throw_statement (call_expression function: (_) @raise))
(catch_clause) @catch
(catch_clause parameters: (parameter_list (parameter_declaration type: (_) @catch.type)))
(comment) @comment
