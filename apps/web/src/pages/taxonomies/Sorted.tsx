import type { Schema } from '@pe/sdk/client.ts'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../components/common/Icon.tsx'
import { Money } from '../../components/common/Money.tsx'
import { Percent } from '../../components/common/Percent.tsx'
import { useFormat } from '../../hooks/useFormat.ts'
import { type Dragged, draggedFrom, dragOf } from './dragged.ts'
import { NodeLine } from './NodeLine.tsx'
import { TreeActions } from './TreeActions.tsx'
import { movedTo, type Part, treeLines, weightsOf } from './tree-lines.ts'
import { useTree } from './useTree.ts'

const WeightsDrawer = lazy(() => import('./WeightsDrawer.tsx'))

/** The tree with what stands in each node, and what stands in none. Everything that is dragged can be done by its button too. */
export function Sorted({ taxonomy, values }: { taxonomy: Schema<'Taxonomy'>; values: Schema<'TaxonomyValues'> }) {
  const { t } = useTranslation()
  const tree = useTree(taxonomy)
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const [edited, setEdited] = useState<Part | null>(null)
  const lines = treeLines(taxonomy, values.parts, closed)
  const ofNode = new Map(values.nodes.map((value) => [value.nodeId, value]))
  const rest = values.parts.filter(({ unclassified }) => Number(unclassified) > 0)
  const toggle = (id: string) =>
    setClosed((before) => (before.has(id) ? new Set([...before].filter((each) => each !== id)) : new Set([...before, id])))
  const drop = (dragged: Dragged, nodeId: string) => {
    if (dragged.type === 'node') return void tree.move(dragged.nodeId, nodeId)
    const part = values.parts.find(({ kind, objectId }) => kind === dragged.kind && objectId === dragged.objectId)
    if (part && dragged.from !== nodeId) void tree.classify(part, movedTo(weightsOf(taxonomy, part), dragged.from, nodeId))
  }
  return (
    <div className="tax-cols">
      <section className="sec" aria-label={taxonomy.name}>
        <table className="t tax">
          <thead>
            <tr>
              <th>{t('taxonomies.node')}</th>
              <th className="n">{t('taxonomies.weight')}</th>
              <th className="n">{t('taxonomies.value')}</th>
              <th className="n">{t('taxonomies.share')}</th>
              <th>
                <span className="sr">{t('taxonomies.actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) =>
              line.type === 'node' ? (
                <NodeLine
                  key={line.node.id}
                  {...line}
                  taxonomy={taxonomy}
                  value={ofNode.get(line.node.id)}
                  open={!closed.has(line.node.id)}
                  toggle={() => toggle(line.node.id)}
                  drop={(dragged) => drop(dragged, line.node.id)}
                  tree={tree}
                />
              ) : (
                <PartLine key={`${line.nodeId} ${line.part.objectId}`} {...line} edit={() => setEdited(line.part)} />
              ),
            )}
          </tbody>
          <tfoot>
            <tr>
              <td>{t('taxonomies.unclassified')}</td>
              <td />
              <td className="n">
                <Money of={values.unclassified.value} />
              </td>
              <td className="n">
                <Percent of={values.unclassified.share} />
              </td>
              <td />
            </tr>
            <tr>
              <td>{t('taxonomies.total')}</td>
              <td />
              <td className="n">
                <Money of={values.total} />
              </td>
              <td />
              <td />
            </tr>
          </tfoot>
        </table>
        {taxonomy.nodes.length === 0 ? <p className="muted tax-why">{t('taxonomies.empty')}</p> : null}
        <TreeActions taxonomy={taxonomy} tree={tree} />
      </section>
      <section className="sec">
        <div className="sec-head">
          <h2>{t('taxonomies.unclassified')}</h2>
        </div>
        <p className="muted tax-why">{t(rest.length === 0 ? 'taxonomies.allSorted' : 'taxonomies.howToSort')}</p>
        <ul className="tax-rest">
          {rest.map((part) => (
            <Unsorted key={part.objectId} part={part} edit={() => setEdited(part)} />
          ))}
        </ul>
      </section>
      {edited ? (
        <Suspense>
          <WeightsDrawer taxonomy={taxonomy} part={edited} tree={tree} close={() => setEdited(null)} />
        </Suspense>
      ) : null}
    </div>
  )
}

type PartLineProps = { depth: number; part: Part; nodeId: string; weight: string; edit: () => void }

function PartLine({ depth, part, nodeId, weight, edit }: PartLineProps) {
  const { t } = useTranslation()
  const drag = draggedFrom({ type: 'part', kind: part.kind, objectId: part.objectId, from: nodeId })
  return (
    <tr className="part" draggable onDragStart={(event) => dragOf(event, drag)}>
      <td style={{ paddingLeft: `${depth * 18 + 32}px` }}>
        <Named part={part} />
        {Number(weight) === 100 ? null : (
          <small className="only-phone muted">
            <Percent of={Number(weight) / 100} />
          </small>
        )}
      </td>
      <td className="n">
        <Percent of={Number(weight) / 100} />
      </td>
      <td className="n soft">
        <Money of={part.value} />
      </td>
      <td />
      <td className="n">
        <button type="button" className="icon" aria-label={t('taxonomies.sortOne', { name: part.name })} onClick={edit}>
          <Icon name="pencil" small />
        </button>
      </td>
    </tr>
  )
}

function Unsorted({ part, edit }: { part: Schema<'TaxonomyPart'>; edit: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const drag = draggedFrom({ type: 'part', kind: part.kind, objectId: part.objectId, from: null })
  return (
    <li draggable onDragStart={(event) => dragOf(event, drag)}>
      <span className="grow">
        <Named part={part} />
        <small className="muted">{t('taxonomies.ofIt', { share: format.percent(Number(part.unclassified) / 100) })}</small>
      </span>
      <Money of={part.value} />
      <button type="button" className="btn" aria-label={t('taxonomies.sortOne', { name: part.name })} onClick={edit}>
        {t('taxonomies.sort')}
      </button>
    </li>
  )
}

function Named({ part }: { part: Part }) {
  const { t } = useTranslation()
  return <span>{part.kind === 'account' ? t('taxonomies.cashOf', { name: part.name }) : part.name}</span>
}
