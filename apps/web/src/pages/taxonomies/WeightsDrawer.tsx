import Drawer from '@mui/material/Drawer'
import { Decimal } from '@pe/finance/money/decimal.ts'
import { checkWeights, unclassifiedWeight } from '@pe/finance/taxonomy/weights.ts'
import type { Schema } from '@pe/sdk/client.ts'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../components/common/Icon.tsx'
import { readDecimal } from '../../hooks/read-decimal.ts'
import { useFormat } from '../../hooks/useFormat.ts'
import { usePhone } from '../../hooks/usePhone.ts'
import Themed from '../../styles/Themed.tsx'
import { type Part, pathOf, weightsOf } from './tree-lines.ts'
import type { Tree } from './useTree.ts'

interface DrawerProps {
  readonly taxonomy: Schema<'Taxonomy'>
  readonly part: Part
  readonly tree: Tree
  readonly close: () => void
}

/** Where an instrument, or the cash of an account, belongs, in percent; what is left is unclassified. */
export default function WeightsDrawer(props: DrawerProps) {
  const { t } = useTranslation()
  const phone = usePhone()
  const title = t('taxonomies.sortOne', { name: props.part.name })
  return (
    <Themed>
      <Drawer
        anchor={phone ? 'bottom' : 'right'}
        open
        onClose={props.close}
        slotProps={{ paper: { className: 'drawer', role: 'dialog', 'aria-label': title } }}
      >
        <header>
          <h2>{title}</h2>
          <button type="button" className="icon" aria-label={t('shell.close')} onClick={props.close}>
            <Icon name="cross" />
          </button>
        </header>
        <Weights {...props} />
      </Drawer>
    </Themed>
  )
}

/** A percentage with the locale's sign, as a person would type it. */
function written(weight: string, locale: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 4, useGrouping: false }).format(Number(weight))
}

/** A weight as it is typed; keys keep the fields apart while lines come and go. */
type Typed = { key: number; nodeId: string; text: string }

function Weights({ taxonomy, part, tree, close }: DrawerProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const [lines, setLines] = useState<readonly Typed[]>(() =>
    weightsOf(taxonomy, part).map(({ nodeId, weight }, key) => ({ key, nodeId, text: written(weight, format.numberLocale) })),
  )
  const set = (key: number, patch: Partial<Typed>) =>
    setLines((all) => all.map((line) => (line.key === key ? { ...line, ...patch } : line)))
  const read = lines.map(({ nodeId, text }) => ({ nodeId, weight: readDecimal(text, format.numberLocale) }))
  const exact = read.flatMap(({ nodeId, weight }) => (weight === null ? [] : [{ nodeId, weight: Decimal.parse(weight) }]))
  const outcome = checkWeights(exact)
  const rest = unclassifiedWeight(exact)
  const free = taxonomy.nodes.filter(({ id }) => !lines.some(({ nodeId }) => nodeId === id))
  const fits = outcome.accepted && exact.length === lines.length
  const add = () => {
    const key = Math.max(-1, ...lines.map((line) => line.key)) + 1
    const text = rest.isPositive() ? written(rest.toString(), format.numberLocale) : ''
    if (free[0]) setLines([...lines, { key, nodeId: free[0].id, text }])
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const weights = exact.map(({ nodeId, weight }) => ({ nodeId, weight: weight.toString() }))
    if (fits && (await tree.classify(part, weights))) close()
  }
  return (
    <form className="in fields" onSubmit={submit}>
      {lines.map(({ key, nodeId, text }) => (
        <div className="tax-weight" key={key}>
          <select
            className="input"
            aria-label={t('taxonomies.node')}
            value={nodeId}
            onChange={({ target }) => set(key, { nodeId: target.value })}
          >
            {taxonomy.nodes
              .filter(({ id }) => id === nodeId || free.some((each) => each.id === id))
              .map(({ id }) => (
                <option key={id} value={id}>
                  {pathOf(taxonomy.nodes, id)}
                </option>
              ))}
          </select>
          <input
            className="input n"
            inputMode="decimal"
            autoComplete="off"
            aria-label={t('taxonomies.percentIn', { name: pathOf(taxonomy.nodes, nodeId) })}
            value={text}
            onChange={({ target }) => set(key, { text: target.value })}
          />
          <button
            type="button"
            className="icon"
            aria-label={t('taxonomies.takeOut', { name: pathOf(taxonomy.nodes, nodeId) })}
            onClick={() => setLines(lines.filter((line) => line.key !== key))}
          >
            <Icon name="cross" small />
          </button>
        </div>
      ))}
      {free.length > 0 ? (
        <button type="button" className="btn" onClick={add}>
          {t('taxonomies.addWeight')}
        </button>
      ) : null}
      <p className={rest.isNegative() ? 'dn' : 'muted'} role="status">
        {rest.isNegative()
          ? t('taxonomies.tooMuch', { share: format.percent(-rest.toNumber() / 100) })
          : t('taxonomies.left', { share: format.percent(rest.toNumber() / 100) })}
      </p>
      <div className="ends">
        <button type="button" className="btn" onClick={close}>
          {t('taxonomies.cancel')}
        </button>
        <button type="submit" className="btn pri" disabled={!fits}>
          {t('taxonomies.save')}
        </button>
      </div>
    </form>
  )
}
