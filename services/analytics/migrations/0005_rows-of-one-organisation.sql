-- Whose row it is, the database itself holds every statement to (docs/decisions/0024). Views ask as who looks (security_invoker).
select keep_apart('series_version', 'valued_scope', 'valued_year');
