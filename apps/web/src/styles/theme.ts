import { createTheme } from '@mui/material/styles'

/** MUI wears our tokens: every value is a variable of tokens.css, so that light, dark and the other signs follow by themselves. */
export const theme = createTheme({
  cssVariables: { nativeColor: true },
  spacing: 8,
  shape: { borderRadius: 6 },
  palette: {
    primary: { main: 'var(--accent)', contrastText: 'var(--on-accent)' },
    success: { main: 'var(--gain)' },
    error: { main: 'var(--loss)' },
    warning: { main: 'var(--warn)' },
    info: { main: 'var(--info)' },
    background: { default: 'var(--bg)', paper: 'var(--bg-raised)' },
    text: { primary: 'var(--text-1)', secondary: 'var(--text-2)', disabled: 'var(--text-3)' },
    divider: 'var(--line-1)',
  },
  typography: { fontFamily: 'var(--font)', fontSize: 14, button: { textTransform: 'none' } },
  transitions: { duration: { shortest: 80, shorter: 80, short: 80, standard: 140, complex: 140, enteringScreen: 140, leavingScreen: 80 } },
  components: {
    MuiButtonBase: { defaultProps: { disableRipple: true } },
    MuiButton: { defaultProps: { disableElevation: true } },
    MuiPaper: { defaultProps: { elevation: 0 }, styleOverrides: { root: { backgroundImage: 'none' } } },
    MuiBackdrop: { styleOverrides: { root: { '&:not(.MuiBackdrop-invisible)': { backgroundColor: 'var(--bg-scrim)' } } } },
    MuiTooltip: {
      defaultProps: { enterDelay: 200 },
      styleOverrides: {
        tooltip: {
          backgroundColor: 'var(--bg-inverse)',
          color: 'var(--text-inverse)',
          fontSize: 'var(--fs-12)',
          fontWeight: 'var(--w-regular)',
          lineHeight: 1.45,
          padding: '6px 10px',
          maxWidth: 320,
        },
      },
    },
    MuiDrawer: { styleOverrides: { paper: { border: 0 } } },
  },
})
