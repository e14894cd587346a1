import type { Problem, Schema } from '@pe/sdk/client.ts'
import { useTranslation } from 'react-i18next'
import { useProblemWords } from '../../components/common/ProblemNote.tsx'
import { useToast } from '../../components/common/toast-context.ts'
import {
  useAddNodeMutation,
  useChangeNodeMutation,
  useClassifyMutation,
  useMergeNodeMutation,
  useRemoveNodeMutation,
} from '../../services/taxonomy-api.ts'
import { type Part, type Weight, weightsOf } from './tree-lines.ts'

export type NodeLooks = { name: string; description: string; colour: string | null }
type Answer = PromiseLike<{ data?: Schema<'Taxonomy'> | undefined; error?: unknown }>

/** What a person may do to a tree, each in the version that they see; a refusal is said, a change of place or weight can be taken back. */
export function useTree(taxonomy: Schema<'Taxonomy'>) {
  const { t } = useTranslation()
  const { announce } = useToast()
  const words = useProblemWords()
  const [add] = useAddNodeMutation()
  const [change] = useChangeNodeMutation()
  const [remove] = useRemoveNodeMutation()
  const [merge] = useMergeNodeMutation()
  const [classify] = useClassifyMutation()
  const seen = { taxonomyId: taxonomy.id, version: taxonomy.version }
  const told = async (answer: Answer, message?: string, undo?: (version: number) => Answer): Promise<boolean> => {
    const { data, error } = await answer
    if (error) announce({ message: words(error as Problem) })
    else if (data && message) announce({ message, ...(undo ? { undo: async () => undo(data.version) } : {}) })
    return data !== undefined
  }
  return {
    add: (parentId: string | null, looks: NodeLooks) => told(add({ ...seen, ...looks, parentId })),
    change: (nodeId: string, looks: NodeLooks) => told(change({ ...seen, nodeId, ...looks })),
    move: (nodeId: string, parentId: string | null, position?: number) => {
      const before = placeOf(taxonomy, nodeId)
      const undo = (version: number) => change({ taxonomyId: taxonomy.id, version, nodeId, ...before })
      const place = { parentId, ...(position === undefined ? {} : { position }) }
      return told(change({ ...seen, nodeId, ...place }), t('taxonomies.moved'), undo)
    },
    remove: (nodeId: string) => told(remove({ ...seen, nodeId }), t('taxonomies.nodeRemoved')),
    merge: (nodeId: string, intoNodeId: string) => told(merge({ ...seen, nodeId, intoNodeId }), t('taxonomies.merged')),
    classify: ({ kind, objectId, name }: Part, weights: Weight[]) => {
      const object = { kind, objectId }
      const before = weightsOf(taxonomy, object)
      const undo = (version: number) => classify({ taxonomyId: taxonomy.id, version, ...object, weights: before })
      return told(classify({ ...seen, ...object, weights }), t('taxonomies.classified', { name }), undo)
    },
  }
}

export type Tree = ReturnType<typeof useTree>

/** Where a node stands: below what, and in which place among its siblings. */
export function placeOf({ nodes }: Schema<'Taxonomy'>, nodeId: string): { parentId: string | null; position: number } {
  const parentId = nodes.find(({ id }) => id === nodeId)?.parentId ?? null
  return { parentId, position: nodes.filter((node) => node.parentId === parentId).findIndex(({ id }) => id === nodeId) }
}
