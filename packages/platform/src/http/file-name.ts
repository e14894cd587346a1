/** `attachment` with a name that is safe in a header (RFC 6266): ASCII for old readers, UTF-8 beside it. */
export function contentDisposition(fileName: string): string {
  const safe =
    fileName
      .toWellFormed()
      .replace(/[\p{Cc}/\\]/gu, '_')
      .slice(0, 200) || 'file'
  const ascii = safe.replace(/[^\x20-\x7e]|["%]/g, '_')
  const encoded = encodeURIComponent(safe).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`
}

/** The name in a header that `contentDisposition` made. */
export function fileNameOf(header: string | undefined): string {
  const encoded = /filename\*=UTF-8''([^;]+)/.exec(header ?? '')?.[1]
  if (encoded) {
    try {
      return decodeURIComponent(encoded)
    } catch {
      return 'file'
    }
  }
  return /filename="([^"]+)"/.exec(header ?? '')?.[1] ?? 'file'
}
