-- Portfolios say what they are for and since when they count, may be grouped, and rest in the archive with their history, as accounts do.
alter table account add column archived_on date;

alter table portfolio
  add column type text not null default 'taxable' check (type in ('taxable', 'retirement', 'company', 'watch', 'group')),
  add column inception_date date,
  add column benchmark_id uuid,
  add column archived_on date;

-- A group is a portfolio of portfolios. Its accounts stand in portfolio_account, each once, so that whatever reads a portfolio reads a group.
create table portfolio_group_member (
  group_id uuid not null references portfolio,
  portfolio_id uuid not null references portfolio,
  organisation_id uuid not null,
  position integer not null,
  primary key (group_id, portfolio_id)
);
create index portfolio_group_member_by_portfolio on portfolio_group_member (portfolio_id);
