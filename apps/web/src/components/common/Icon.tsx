/** Strokes on a 20 × 20 grid; `.i` in look.css gives width and colour. */
const paths = {
  home: ['M3 9.2 10 3.5l7 5.7V16a1 1 0 0 1-1 1h-3.6v-4.6H7.6V17H4a1 1 0 0 1-1-1z'],
  holdings: ['M3 5h14M3 10h14M3 15h14', 'M7.5 5v10'],
  performance: ['M3 16.5h14', 'm3.5 12.5 4-4.2 3 2.6 6-6.4'],
  transactions: ['M4 7h11.5M12.5 4l3 3-3 3M16 13H4.5M7.5 10l-3 3 3 3'],
  gains: ['M3.500 16.500h13', 'M5 13.500V10M10 13.500V6M15 13.500V3.500'],
  lots: ['M10 3.500 17 7l-7 3.500L3 7z', 'm3.500 10.500 6.500 3.300 6.500-3.300M3.500 13.800l6.500 3.200 6.500-3.200'],
  taxonomies: ['M8 3.5h4v3.500H8zM3 13h4v3.500H3zM13 13h4v3.500h-4z', 'M10 7v3M5 13v-3h10v3'],
  portfolios: ['M3.5 6.500h13v9.500h-13z', 'M7.500 6.500V4.500a1 1 0 0 1 1-1h3a1 1 0 0 1 1 1v2M3.5 10.500h13'],
  split: ['M3.5 10h5M8.500 10l7-5M8.500 10l7 5', 'M12.500 4.500h3.500v3.500M12.500 15.500h3.500V12'],
  settings: ['M3.500 6h6M13.500 6h3M3.500 14h3M10.500 14h6', 'M9.500 6a2 2 0 1 0 4 0a2 2 0 1 0-4 0zM6.500 14a2 2 0 1 0 4 0a2 2 0 1 0-4 0z'],
  import: ['M10 3v9M6.5 8.8 10 12.3l3.5-3.5M3.5 13v2.5a1 1 0 0 0 1 1h11a1 1 0 0 0 1-1V13'],
  down: ['m6 8 4 4 4-4'],
  right: ['m8 6 4 4-4 4'],
  eye: ['M2.5 10S5.2 5 10 5s7.5 5 7.5 5-2.7 5-7.5 5-7.5-5-7.5-5z', 'M7.7 10a2.3 2.3 0 1 0 4.600 0a2.3 2.3 0 1 0-4.600 0z'],
  eyeOff: [
    'M4.3 12.6A13 13 0 0 1 2.5 10S5.2 5 10 5c1 0 1.9.2 2.7.5M15.3 7.1A12 12 0 0 1 17.5 10s-2.7 5-7.5 5c-1.2 0-2.3-.3-3.200-.7M3.5 16.5l13-13',
  ],
  eyeScrambled: ['M2.5 10S5.2 5 10 5s7.5 5 7.5 5-2.7 5-7.5 5-7.5-5-7.5-5z', 'M7.500 8.500l5 3M12.500 8.500l-5 3'],
  search: ['M3.8 9a5.2 5.2 0 1 0 10.400 0a5.2 5.2 0 1 0-10.400 0z', 'm13 13 3.7 3.7'],
  moon: ['M16.2 12A6.7 6.7 0 0 1 8 3.8a6.7 6.7 0 1 0 8.2 8.2z'],
  sun: [
    'M6.800 10a3.200 3.200 0 1 0 6.400 0a3.200 3.200 0 1 0-6.400 0z',
    'M10 2.8v1.7M10 15.5v1.7M2.8 10h1.7M15.5 10h1.7M4.9 4.9l1.2 1.2M13.9 13.9l1.2 1.2M4.9 15.1l1.2-1.2M13.9 6.1l1.2-1.2',
  ],
  save: ['M10 3.5v9M6.5 9.3l3.5 3.5 3.500-3.500M4 16.5h12'],
  plus: ['M10 4v12M4 10h12'],
  filter: ['M3 5h14M6 10h8M8.5 15h3'],
  density: ['M3.5 6h13M3.5 10h13M3.5 14h13'],
  columns: ['M3.5 4h13v12h-13zM8 4v12M12.3 4v12'],
  grip: ['M8 6h.01M12 6h.01M8 10h.01M12 10h.01M8 14h.01M12 14h.01'],
  tick: ['m4.5 10.5 3.7 3.7 7.3-8'],
  clock: ['M3.3 10a6.7 6.7 0 1 0 13.400 0a6.7 6.7 0 1 0-13.400 0z', 'M10 6v4.3l2.6 1.7'],
  cross: ['m5 5 10 10M15 5 5 15'],
  more: ['M4.5 10h.01M10 10h.01M15.5 10h.01'],
  table: ['M3.5 4.5h13v11h-13zM3.5 8.2h13M8.5 8.2v7.3'],
  log: ['M4 16V4M4 16h12', 'M6.5 13c5-.5 7-3 8.5-8'],
  file: ['M5.5 3.5h6l3.5 3.5v9.5h-9.5z', 'M11.5 3.5V7H15'],
  warning: ['M10 3.5 17.3 16H2.7z', 'M10 8.5v3.5M10 14h.01'],
  copy: ['M7 7h9v9H7z', 'M4 13V4h9'],
  rail: ['M3.5 4h13v12h-13z', 'M8 4v12'],
  keys: ['M3 5.500h14v9H3z', 'M6 8.500h.01M10 8.500h.01M14 8.500h.01M7 11.500h6'],
  undo: ['M7.500 4 4 7.500 7.500 11', 'M4 7.500h7.500a4.500 4.500 0 0 1 0 9H8'],
  cash: ['M3 6h14v8.500H3z', 'M8.300 10.200a1.700 1.700 0 1 0 3.400 0a1.700 1.700 0 1 0-3.400 0z'],
  pause: ['M7 4.500v11M13 4.500v11'],
  resume: ['M6.500 4.500v11l9-5.500z'],
  leave: ['M11.500 4H5v12h6.500', 'M9 10h8M14 7l3 3-3 3'],
  pencil: ['M4 16l.8-3.200L13.500 4.100l2.400 2.400L7.200 15.200z'],
} as const

export type IconName = keyof typeof paths
const bold: readonly IconName[] = ['more', 'grip']
/** Second strokes that only hint. */
const faint: readonly IconName[] = ['holdings']

export function Icon({ name, small = false }: { name: IconName; small?: boolean }) {
  return (
    <svg className={small ? 'i s' : 'i'} viewBox="0 0 20 20" aria-hidden="true">
      {paths[name].map((d, at) => (
        <path
          key={d}
          d={d}
          {...(bold.includes(name) ? { strokeWidth: 2.6 } : {})}
          {...(at > 0 && faint.includes(name) ? { opacity: 0.45 } : {})}
        />
      ))}
    </svg>
  )
}

/** The mark of the product. */
export function Mark() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d="M4 3h9.500a6.500 6.500 0 0 1 0 13H9v5H4z" fill="var(--accent)" />
      <path d="M9 7.500h4.300a2 2 0 0 1 0 4H9z" fill="var(--bg-rail)" />
    </svg>
  )
}
