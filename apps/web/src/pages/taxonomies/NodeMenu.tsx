import { standsWithin } from '@pe/finance/taxonomy/tree.ts'
import type { Schema } from '@pe/sdk/client.ts'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../components/common/Icon.tsx'
import { Choice, Picker } from '../../components/common/Picker.tsx'
import { NodeForm } from './NodeForm.tsx'
import { pathOf } from './tree-lines.ts'
import { placeOf, type Tree } from './useTree.ts'

interface MenuProps {
  readonly taxonomy: Schema<'Taxonomy'>
  readonly node: Schema<'TaxonomyNode'>
  readonly tree: Tree
}

/** Everything that can be done with a classification, by keyboard as well as by pointer. */
export function NodeMenu(props: MenuProps) {
  const { t } = useTranslation()
  return (
    <Picker label={t('taxonomies.menuOf', { name: props.node.name })} value={<Icon name="more" />} className="icon" width={300} iconless>
      {(close) => <Menu {...props} close={close} />}
    </Picker>
  )
}

type Step = 'menu' | 'edit' | 'add' | 'move' | 'merge'

function Menu({ taxonomy, node, tree, close }: MenuProps & { close: () => void }) {
  const { t } = useTranslation()
  const [step, setStep] = useState<Step>('menu')
  const { parentId, position } = placeOf(taxonomy, node.id)
  const siblings = taxonomy.nodes.filter((each) => each.parentId === parentId).length
  const others = taxonomy.nodes.filter(({ id }) => !standsWithin(taxonomy.nodes, id, node.id))
  const done = (acting: Promise<boolean>) => {
    void acting
    close()
  }
  if (step === 'edit')
    return <NodeForm title={t('taxonomies.edit')} looks={node} save={(looks) => tree.change(node.id, looks)} done={close} />
  if (step === 'add')
    return <NodeForm title={t('taxonomies.addBelow')} looks={null} save={(looks) => tree.add(node.id, looks)} done={close} />
  if (step === 'move')
    return (
      <Places title={t('taxonomies.moveInto')} nodes={taxonomy.nodes} choices={others} choose={(id) => done(tree.move(node.id, id))}>
        {parentId === null ? null : <Choice onChoose={() => done(tree.move(node.id, null))}>{t('taxonomies.toTop')}</Choice>}
      </Places>
    )
  if (step === 'merge')
    return (
      <Places title={t('taxonomies.mergeInto')} nodes={taxonomy.nodes} choices={others} choose={(id) => done(tree.merge(node.id, id))} />
    )
  return (
    <ul>
      <Choice onChoose={() => setStep('edit')}>{t('taxonomies.edit')}</Choice>
      <Choice onChoose={() => setStep('add')}>{t('taxonomies.addBelow')}</Choice>
      {position > 0 ? <Choice onChoose={() => done(tree.move(node.id, parentId, position - 1))}>{t('taxonomies.up')}</Choice> : null}
      {position < siblings - 1 ? (
        <Choice onChoose={() => done(tree.move(node.id, parentId, position + 1))}>{t('taxonomies.down')}</Choice>
      ) : null}
      <Choice onChoose={() => setStep('move')}>{t('taxonomies.moveInto')}</Choice>
      {others.length > 0 ? <Choice onChoose={() => setStep('merge')}>{t('taxonomies.mergeInto')}</Choice> : null}
      <Choice onChoose={() => done(tree.remove(node.id))} hint={parentId === null ? undefined : t('taxonomies.removeHint')}>
        {t('taxonomies.remove')}
      </Choice>
    </ul>
  )
}

interface PlacesProps {
  readonly title: string
  readonly nodes: readonly Schema<'TaxonomyNode'>[]
  readonly choices: readonly Schema<'TaxonomyNode'>[]
  readonly choose: (nodeId: string) => void
  readonly children?: ReactNode
}

function Places({ title, nodes, choices, choose, children }: PlacesProps) {
  return (
    <>
      <h3>{title}</h3>
      <ul className="tax-places">
        {children}
        {choices.map(({ id }) => (
          <Choice key={id} onChoose={() => choose(id)}>
            {pathOf(nodes, id)}
          </Choice>
        ))}
      </ul>
    </>
  )
}
