import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compression } from 'vite-plugin-compression2'
import { sizeBudgets } from './size-budgets.ts'

/** Chart libraries stand in one chunk of their own, fetched when the first chart is near. */
const chartLibraries = /node_modules[\\/](echarts|zrender)[\\/]/

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), sizeBudgets({ initial: 200, route: 120, charts: 'charts' }), compression({ algorithms: ['gzip', 'brotliCompress'] })],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    chunkSizeWarningLimit: 1000,
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'charts', test: chartLibraries }] } } },
  },
  server: { port: 5173, proxy: { '/api': { target: 'http://localhost:8080', ws: true } } },
})
