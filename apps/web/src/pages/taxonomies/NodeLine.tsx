import type { Schema } from '@pe/sdk/client.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../components/common/Icon.tsx'
import { Money } from '../../components/common/Money.tsx'
import { Percent } from '../../components/common/Percent.tsx'
import { type Dragged, draggedFrom, dragOf, droppedIn, takes } from './dragged.ts'
import { NodeMenu } from './NodeMenu.tsx'
import type { Tree } from './useTree.ts'

interface NodeLineProps {
  readonly taxonomy: Schema<'Taxonomy'>
  readonly node: Schema<'TaxonomyNode'>
  readonly depth: number
  /** Whether anything stands below it. */
  readonly below: boolean
  readonly value: Schema<'NodeValue'> | undefined
  readonly open: boolean
  readonly toggle: () => void
  readonly drop: (dragged: Dragged) => void
  readonly tree: Tree
}

/** A classification, its value, and what one can do with it. What is dropped on it is sorted into it. */
export function NodeLine({ taxonomy, node, depth, below, value, open, toggle, drop, tree }: NodeLineProps) {
  const { t } = useTranslation()
  const [over, setOver] = useState(false)
  const drag = draggedFrom({ type: 'node', nodeId: node.id })
  return (
    <tr
      className={over ? 'node over' : 'node'}
      draggable
      onDragStart={(event) => dragOf(event, drag)}
      onDragOver={(event) => setOver(takes(event))}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        const dragged = droppedIn(event)
        if (dragged && !(dragged.type === 'node' && dragged.nodeId === node.id)) drop(dragged)
      }}
    >
      <td style={{ paddingLeft: `${depth * 18}px` }}>
        <span className="tax-name">
          {below ? (
            <button
              type="button"
              className="icon"
              aria-expanded={open}
              aria-label={t(open ? 'taxonomies.close' : 'taxonomies.open', { name: node.name })}
              onClick={toggle}
            >
              <Icon name={open ? 'down' : 'right'} small />
            </button>
          ) : (
            <span className="no-toggle" />
          )}
          <i className="dot" style={{ background: node.colour ?? 'var(--line-2)' }} />
          <b title={node.description}>{node.name}</b>
        </span>
      </td>
      <td />
      <td className="n">{value ? <Money of={value.value} /> : null}</td>
      <td className="n">{value ? <Percent of={value.share} /> : null}</td>
      <td className="n">
        <NodeMenu taxonomy={taxonomy} node={node} tree={tree} />
      </td>
    </tr>
  )
}
