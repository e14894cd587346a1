-- A whole book is taken in piece by piece: what a row links to (its correction, its parent node) may come with a later piece.
alter table transaction alter constraint transaction_replaces_fkey deferrable initially immediate;
alter table transaction alter constraint transaction_replaced_by_fkey deferrable initially immediate;
alter table taxonomy_node alter constraint taxonomy_node_taxonomy_id_parent_id_fkey deferrable initially immediate;
