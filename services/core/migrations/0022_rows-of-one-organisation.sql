-- Whose row it is, the database itself holds every statement to (docs/decisions/0024).
select keep_apart(
  'account', 'account_key', 'action_application', 'action_application_account', 'balance_assertion', 'batch', 'chain_entry', 'period_lock',
  'period_override', 'plan', 'plan_day', 'portfolio', 'portfolio_account', 'portfolio_group_member', 'staged_batch', 'staged_transaction',
  'staged_verdict', 'taxonomy', 'taxonomy_assignment', 'taxonomy_node', 'transaction', 'transaction_review'
);
comment on table chain_seal is 'of no organisation: with which key the whole book is sealed';
