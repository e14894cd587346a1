-- Whether a sale takes lots of its own account only or of all accounts of the portfolio. Until now an average ran across, the rest per account.
alter table portfolio add column lot_scope text check (lot_scope in ('account', 'portfolio'));
update portfolio set lot_scope = case cost_method when 'average-cost' then 'portfolio' else 'account' end;
alter table portfolio alter column lot_scope set not null;
