import Dialog from '@mui/material/Dialog'
import { useTranslation } from 'react-i18next'
import { singleKeysToggled } from '../../../store/preferences.ts'
import { useStoreDispatch, useStoreState } from '../../../store/store.ts'
import Themed from '../../../styles/Themed.tsx'
import { Check } from '../Check.tsx'
import { Icon } from '../Icon.tsx'
import { places } from './places.ts'

/** Every key in one sheet, and the switch for single keys. */
export default function Shortcuts({ close }: { close: () => void }) {
  const { t } = useTranslation()
  const dispatch = useStoreDispatch()
  const singleKeys = useStoreState((state) => state.preferences.singleKeys)
  const view: readonly [string, readonly string[]][] = [
    ['shell.shortcuts.palette', ['⌘', 'K']],
    ['shell.search.label', ['/']],
    ['shell.period.back', ['[']],
    ['shell.period.forward', [']']],
    ['shell.period.today', ['t']],
    ['shell.shortcuts.privacy', ['.']],
    ['shell.shortcuts.newTransaction', ['n']],
    ['shell.shortcuts.sheet', ['?']],
  ]
  return (
    <Themed>
      <Dialog open onClose={close} slotProps={{ paper: { className: 'sheet', 'aria-label': t('shell.shortcuts.title') } }}>
        <header>
          <h2>{t('shell.shortcuts.title')}</h2>
          <button type="button" className="icon" aria-label={t('shell.close')} onClick={close}>
            <Icon name="cross" />
          </button>
        </header>
        <div className="two-columns">
          <section>
            <h3>{t('shell.shortcuts.view')}</h3>
            <dl className="kv">
              {view.map(([words, keys]) => (
                <Key key={words} words={t(words)} keys={keys} />
              ))}
            </dl>
          </section>
          <section>
            <h3>{t('shell.shortcuts.places')}</h3>
            <dl className="kv">
              {places.map((place) => (
                <Key key={place.path} words={t(`shell.places.${place.name}`)} keys={['g', place.key]} />
              ))}
            </dl>
          </section>
        </div>
        <p className="switch">
          <Check on={singleKeys} label={t('shell.shortcuts.on')} onChange={() => dispatch(singleKeysToggled())} />
          {t('shell.shortcuts.on')}
        </p>
      </Dialog>
    </Themed>
  )
}

function Key({ words, keys }: { words: string; keys: readonly string[] }) {
  return (
    <>
      <dt>{words}</dt>
      <dd>
        {keys.map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </dd>
    </>
  )
}
