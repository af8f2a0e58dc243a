/** The call that brings pages in. */
import type { Api } from './client'
import type { Outcome } from './outcome'
import type { ImportReport } from './types'

export interface ImportMode {
  /** Only what would come; nothing is written. */
  preview: boolean
  replace: boolean
  /** The space of pages that name none; empty: none. */
  space: string
}

export const importCalls = ({ call }: Api) => ({
  /** JSON Lines or a zip archive; the server sees which. */
  importPages: (body: Blob, mode: ImportMode): Promise<Outcome<ImportReport>> =>
    call((to) =>
      to.POST('/api/v1/import', {
        params: {
          query: {
            preview: mode.preview,
            replace: mode.replace,
            ...(mode.space === '' ? {} : { space: mode.space }),
          },
        },
        body: body as unknown as string,
        bodySerializer: () => body,
        headers: { 'Content-Type': 'application/octet-stream' },
      }),
    ),
})
export type ImportCalls = ReturnType<typeof importCalls>
