import Dialog from '@mui/material/Dialog'
import { type KeyboardEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import Themed from '../../../styles/Themed.tsx'
import { Icon } from '../Icon.tsx'
import { type Command, found } from './commands.ts'
import { useCommands } from './useCommands.ts'

/** ⌘K: typed words become an action first, places second. */
export default function Palette({ close, openShortcuts }: { close: () => void; openShortcuts: () => void }) {
  const { t } = useTranslation()
  return (
    <Themed>
      <Dialog open onClose={close} slotProps={{ paper: { className: 'pop pal', 'aria-label': t('shell.search.label') } }}>
        <PaletteBody close={close} openShortcuts={openShortcuts} />
      </Dialog>
    </Themed>
  )
}

function PaletteBody({ close, openShortcuts }: { close: () => void; openShortcuts: () => void }) {
  const { t } = useTranslation()
  const list = useId()
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const commands = found(typed, useCommands(openShortcuts))
  const current = Math.min(at, commands.length - 1)
  const run = (command: Command | undefined) => {
    if (!command) return
    close()
    command.run()
  }
  const keys = (event: KeyboardEvent) => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (move) setAt((current + move + commands.length) % Math.max(1, commands.length))
    else if (event.key === 'Enter') run(commands[current])
    else return
    event.preventDefault()
  }
  return (
    <>
      <div className="pal-head">
        <span className="muted">
          <Icon name="search" />
        </span>
        <input
          // biome-ignore lint/a11y/noAutofocus: a palette is opened to type into it
          autoFocus
          role="combobox"
          aria-expanded="true"
          aria-controls={list}
          aria-activedescendant={commands[current] ? `${list}-${current}` : undefined}
          aria-label={t('shell.search.label')}
          placeholder={t('shell.search.placeholder')}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value)
            setAt(0)
          }}
          onKeyDown={keys}
        />
        <kbd>{t('shell.escape')}</kbd>
      </div>
      {commands.length === 0 ? <p className="muted nothing">{t('shell.search.nothing')}</p> : null}
      <div id={list} role="listbox" aria-label={t('shell.search.label')}>
        {commands.map((command, index) => (
          <div key={command.id}>
            {command.group === commands[index - 1]?.group ? null : <p className="kind">{t(`shell.search.${command.group}`)}</p>}
            {/* biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the current option */}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: the field's keys run it */}
            <div
              id={`${list}-${index}`}
              role="option"
              aria-selected={index === current}
              className="option"
              onMouseMove={() => setAt(index)}
              onClick={() => run(command)}
            >
              <span className="muted">
                <Icon name={command.icon} />
              </span>
              <span className="grow">
                {command.words}
                {command.hint ? <small className="muted">{command.hint}</small> : null}
              </span>
              {index === current && !command.keys ? <kbd>↵</kbd> : command.keys?.map((key) => <kbd key={key}>{key}</kbd>)}
            </div>
          </div>
        ))}
      </div>
    </>
  )
}
