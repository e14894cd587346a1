-- Trees by which holdings are sorted, and what of which instrument or account belongs to which node.

create table taxonomy (
  id uuid primary key,
  organisation_id uuid not null,
  name text not null,
  note text not null,
  created_at timestamptz not null,
  -- of the whole tree with its assignments, for If-Match
  version integer not null default 1,
  -- what a file calls it, so that the next import meets the same one
  source_key text,
  added_by_import uuid
);
create unique index taxonomy_name on taxonomy (organisation_id, lower(name));
create unique index taxonomy_source_key on taxonomy (organisation_id, source_key) where source_key is not null;

create table taxonomy_node (
  id uuid primary key,
  organisation_id uuid not null,
  taxonomy_id uuid not null references taxonomy on delete cascade,
  parent_id uuid,
  -- among its siblings
  position integer not null,
  name text not null,
  description text not null,
  colour text,
  source_key text,
  added_by_import uuid,
  -- A parent of the same tree; what stands below a removed node is moved first.
  unique (taxonomy_id, id),
  foreign key (taxonomy_id, parent_id) references taxonomy_node (taxonomy_id, id)
);
create unique index taxonomy_node_source_key on taxonomy_node (taxonomy_id, source_key) where source_key is not null;
create index taxonomy_node_below on taxonomy_node (parent_id) where parent_id is not null;

create table taxonomy_assignment (
  organisation_id uuid not null,
  taxonomy_id uuid not null,
  node_id uuid not null,
  kind text not null check (kind in ('instrument', 'account')),
  object_id uuid not null,
  -- percent of the object; at most 100 over the nodes of one taxonomy, which its writers see to under its lock
  weight numeric(7, 4) not null check (weight > 0 and weight <= 100),
  added_by_import uuid,
  primary key (taxonomy_id, kind, object_id, node_id),
  foreign key (taxonomy_id, node_id) references taxonomy_node (taxonomy_id, id) on delete cascade
);
create index taxonomy_assignment_by_node on taxonomy_assignment (node_id);
create index taxonomy_assignment_by_object on taxonomy_assignment (object_id);
create index taxonomy_assignment_of_import on taxonomy_assignment (added_by_import) where added_by_import is not null;
create index taxonomy_node_of_import on taxonomy_node (added_by_import) where added_by_import is not null;
create index taxonomy_of_import on taxonomy (added_by_import) where added_by_import is not null;
