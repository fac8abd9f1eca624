; Python. The capture names are described in docs/adding-a-language.md.

; Definitions
(class_definition name: (identifier) @name) @definition.class
(class_definition superclasses: (argument_list [(identifier) (attribute) (subscript) (call)] @base))
(class_definition superclasses: (argument_list
  (keyword_argument name: (identifier) @_keyword value: (_) @base) (#eq? @_keyword "metaclass")))
(function_definition name: (identifier) @name) @definition.function
(decorator (_) @decorator)
(module (expression_statement (assignment left: (identifier) @name) @definition.constant)
  (#match? @name "^_*[A-Z][A-Z0-9_]+$"))

; Exports
(module (expression_statement [
    (assignment left: (identifier) @_all right: (_ (string (string_content) @export)))
    (augmented_assignment left: (identifier) @_all right: (_ (string (string_content) @export)))])
  (#eq? @_all "__all__"))

; Imports
(import_statement) @import
(import_statement name: (dotted_name) @import.module)
(import_statement name: (aliased_import name: (dotted_name) @import.module alias: (identifier) @import.alias))
(import_from_statement module_name: (_) @import.module) @import
(import_from_statement name: (dotted_name) @import.name)
(import_from_statement name: (aliased_import name: (dotted_name) @import.name alias: (identifier) @import.alias))
(import_from_statement (wildcard_import) @import.name)
(future_import_statement "__future__" @import.module name: (dotted_name) @import.name) @import

(if_statement (block [(import_statement) (import_from_statement)] @scope.conditional))
(else_clause (block [(import_statement) (import_from_statement)] @scope.conditional))
(elif_clause (block [(import_statement) (import_from_statement)] @scope.conditional))
(try_statement (block [(import_statement) (import_from_statement)] @scope.conditional))
(except_clause (block [(import_statement) (import_from_statement)] @scope.conditional))
(with_statement (block [(import_statement) (import_from_statement)] @scope.conditional))
(if_statement condition: [(identifier) (attribute)] @_condition consequence: (block) @scope.type_checking
  (#match? @_condition "TYPE_CHECKING$"))

; Errors
(raise_statement . (call function: [(identifier) (attribute)] @raise))
(raise_statement . [(identifier) (attribute)] @raise)
(except_clause) @catch
(except_clause value: [(identifier) (attribute)] @catch.type)
(except_clause value: (tuple [(identifier) (attribute)] @catch.type))
(except_clause value: (as_pattern . [(identifier) (attribute)] @catch.type))
(except_clause value: (as_pattern . (tuple [(identifier) (attribute)] @catch.type)))

; Calls
(call function: [(identifier) (attribute)] @call)

; Prose
(comment) @comment
(module . (comment)* . (expression_statement . (string) @docstring.module))
(class_definition body: (block . (expression_statement . (string) @docstring)))
(function_definition body: (block . (expression_statement . (string) @docstring)))
