; Python. The capture names are described in docs/adding-a-language.md.

; Definitions
(class_definition name: (identifier) @name (#set! word "class")) @definition.class
(class_definition superclasses: (argument_list [(identifier) (attribute) (subscript) (call)] @base) (#set! word "class"))
(class_definition superclasses: (argument_list
  (keyword_argument name: (identifier) @_keyword value: (_) @base) (#eq? @_keyword "metaclass")) (#set! word "class"))
(function_definition name: (identifier) @name (#set! word "def")) @definition.function
(decorator . (_) @decorator (#set! word "@"))
(module (expression_statement (assignment left: (identifier) @name) @definition.constant)
  (#match? @name "^_*[A-Z][A-Z0-9_]+$"))

; Exports
(module (expression_statement [
    (assignment left: (identifier) @_all right: (_ (string (string_content) @export)))
    (augmented_assignment left: (identifier) @_all right: (_ (string (string_content) @export)))])
  (#eq? @_all "__all__"))

; Imports
(import_statement (#set! word "import")) @import
(import_statement name: (dotted_name) @import.module (#set! word "import"))
(import_statement name: (aliased_import name: (dotted_name) @import.module alias: (identifier) @import.alias) (#set! word "import"))
(import_from_statement module_name: (_) @import.module (#set! word "import")) @import
(import_from_statement name: (dotted_name) @import.name (#set! word "import"))
(import_from_statement name: (aliased_import name: (dotted_name) @import.name alias: (identifier) @import.alias) (#set! word "import"))
(import_from_statement (wildcard_import) @import.name (#set! word "import"))
(future_import_statement "__future__" @import.module name: (dotted_name) @import.name (#set! word "import")) @import

(if_statement (block [(import_statement) (import_from_statement)] @scope.conditional) (#set! word "import") (#set! height "3"))
(else_clause (block [(import_statement) (import_from_statement)] @scope.conditional) (#set! word "import") (#set! height "3"))
(elif_clause (block [(import_statement) (import_from_statement)] @scope.conditional) (#set! word "import") (#set! height "3"))
(try_statement (block [(import_statement) (import_from_statement)] @scope.conditional) (#set! word "import") (#set! height "3"))
(except_clause (block [(import_statement) (import_from_statement)] @scope.conditional) (#set! word "import") (#set! height "3"))
(with_statement (block [(import_statement) (import_from_statement)] @scope.conditional) (#set! word "import") (#set! height "3"))
(if_statement condition: (identifier) @_condition consequence: (block) @scope.type_checking
  (#eq? @_condition "TYPE_CHECKING") (#set! word "TYPE_CHECKING"))
(if_statement condition: (attribute attribute: (identifier) @_condition) consequence: (block) @scope.type_checking
  (#eq? @_condition "TYPE_CHECKING") (#set! word "TYPE_CHECKING") (#set! height "2"))

; Errors
(raise_statement . (call function: [(identifier) (attribute)] @raise) (#set! word "raise"))
(raise_statement . [(identifier) (attribute)] @raise (#set! word "raise"))
(except_clause (#set! word "except")) @catch
(except_clause value: [(identifier) (attribute)] @catch.type (#set! word "except"))
(except_clause value: (tuple [(identifier) (attribute)] @catch.type) (#set! word "except"))
(except_clause value: (as_pattern . [(identifier) (attribute)] @catch.type) (#set! word "except"))
(except_clause value: (as_pattern . (tuple [(identifier) (attribute)] @catch.type)) (#set! word "except"))

; Calls
(call function: [(identifier) (attribute)] @call)

; Prose
((comment) @comment (#set! mark "#"))
(module . (comment)* . (expression_statement . (string) @docstring.module))
(class_definition body: (block . (expression_statement . (string) @docstring)) (#set! word "class"))
(function_definition body: (block . (expression_statement . (string) @docstring)) (#set! word "def"))
