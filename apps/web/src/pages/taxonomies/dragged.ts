import type { Schema } from '@pe/sdk/client.ts'
import type { DragEvent } from 'react'

/** What is on its way: a node, or something from a node (or from none). */
export type Dragged =
  | { readonly type: 'node'; readonly nodeId: string }
  | { readonly type: 'part'; readonly kind: Schema<'ObjectKind'>; readonly objectId: string; readonly from: string | null }

const mime = 'application/x-classified'

export const draggedFrom = (dragged: Dragged): string => JSON.stringify(dragged)

export function dragOf(event: DragEvent, text: string): void {
  event.dataTransfer.setData(mime, text)
  event.dataTransfer.effectAllowed = 'move'
}

/** Lets go of what this page drags, and of nothing else. */
export function takes(event: DragEvent): boolean {
  if (!event.dataTransfer.types.includes(mime)) return false
  event.preventDefault()
  return true
}

export function droppedIn(event: DragEvent): Dragged | null {
  const text = event.dataTransfer.getData(mime)
  return text === '' ? null : (JSON.parse(text) as Dragged)
}
