import type { Trail } from '@pe/finance/explain/trail.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../hooks/useFormat.ts'
import { Icon } from '../Icon.tsx'
import { Unknown } from '../Unknown.tsx'
import { nameOf, sourceWords, subjectOf, writtenValue } from './trail-words.ts'

/** Parts shown before a person asks for all. */
const few = 12

/** The inputs of a figure; each opens the inputs of its own. */
export function TrailTree({ inputs, level = 0 }: { inputs: readonly Trail[]; level?: number }) {
  const { t } = useTranslation()
  const [all, setAll] = useState(false)
  const shown = all ? inputs : inputs.slice(0, few)
  return (
    <ul className="trail" data-level={level}>
      {shown.map((node, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a trail never changes its order
        <TrailNode key={at} node={node} level={level} />
      ))}
      {inputs.length > shown.length ? (
        <li>
          <button type="button" className="btn quiet" onClick={() => setAll(true)}>
            {t('explain.parts', { count: inputs.length - shown.length })}
          </button>
        </li>
      ) : null}
    </ul>
  )
}

function TrailNode({ node, level }: { node: Trail; level: number }) {
  const { t } = useTranslation()
  const format = useFormat()
  const [open, setOpen] = useState(false)
  const value = writtenValue(node, format)
  const reason = typeof node.parameters?.reason === 'string' ? node.parameters.reason : undefined
  const subject = subjectOf(node)
  const words = subject ? nameOf(node, t) : sourceWords(node, t, format)
  const parts = node.inputs.length > 0
  return (
    <li>
      <div className="trail-row">
        {parts ? (
          <button
            type="button"
            className="twist"
            aria-expanded={open}
            aria-label={subject ?? nameOf(node, t)}
            onClick={() => setOpen(!open)}
          >
            <Icon name={open ? 'down' : 'right'} small />
          </button>
        ) : (
          <span className="twist" />
        )}
        <span className="grow">
          {subject ?? nameOf(node, t)}
          {words ? <small>{words}</small> : null}
          {parts ? <small>{`${t(`explain.op.${node.op}`)} · ${t('explain.parts', { count: node.inputs.length })}`}</small> : null}
        </span>
        <span className="num">{value ?? <Unknown reason={reason} />}</span>
      </div>
      {open ? <TrailTree inputs={node.inputs} level={level + 1} /> : null}
    </li>
  )
}
