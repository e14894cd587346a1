import type { ObjectKind } from '@pe/contracts/taxonomies.ts'
import type { ColumnType, Generated } from 'kysely'

export interface TaxonomyTable {
  id: string
  organisation_id: string
  name: string
  note: string
  created_at: ColumnType<string, string, never>
  version: Generated<number>
  source_key: string | null
  added_by_import: string | null
}

export interface TaxonomyNodeTable {
  id: string
  organisation_id: string
  taxonomy_id: string
  parent_id: string | null
  position: number
  name: string
  description: string
  colour: string | null
  source_key: string | null
  added_by_import: string | null
}

export interface TaxonomyAssignmentTable {
  organisation_id: string
  taxonomy_id: string
  node_id: string
  kind: ObjectKind
  object_id: string
  /** Percent, as text. */
  weight: string
  added_by_import: string | null
}
