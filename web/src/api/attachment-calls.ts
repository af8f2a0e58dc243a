/** The calls of attachments, fetched when a page is open. */
import type { Api } from './client'
import type { Outcome } from './outcome'
import type { Attachment, Attachments } from './types'

const at = '/api/v1/pages/{id}/attachments'

/** Where a file is downloaded. */
export const attachmentHref = (page: string, file: string): string =>
  `/api/v1/pages/${page}/attachments/${file}`

interface Answer {
  data?: Attachment
  error?: unknown
  response: Response
}

/** Sends a file; `fetch` cannot say how much of a body is on its way. */
function send(page: string, file: File, onshare: (share: number) => void): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const name = encodeURIComponent(file.name.normalize('NFC'))
    request.open('POST', `/api/v1/pages/${page}/attachments?name=${name}`)
    request.setRequestHeader('Content-Type', 'application/octet-stream')
    request.setRequestHeader('Accept-Language', document.documentElement.lang)
    request.responseType = 'json'
    request.upload.onprogress = ({ loaded, total }) => onshare(total === 0 ? 1 : loaded / total)
    request.onload = () => {
      const { status, response } = request as { status: number; response: unknown }
      const ok = status === 201
      resolve({
        ...(ok ? { data: response as Attachment } : { error: response }),
        response: new Response(null, { status }),
      })
    }
    request.onerror = () => reject(new Error('unreachable'))
    request.send(file)
  })
}

export const attachmentCalls = ({ call }: Api) => ({
  list: (id: string): Promise<Outcome<Attachments>> =>
    call((to) => to.GET(at, { params: { path: { id } } })),
  add: (id: string, file: File, onshare: (share: number) => void): Promise<Outcome<Attachment>> =>
    call(() => send(id, file, onshare)),
  remove: (id: string, attachment: string): Promise<Outcome<undefined>> =>
    call((to) => to.DELETE(`${at}/{attachment}`, { params: { path: { id, attachment } } })),
})
export type AttachmentCalls = ReturnType<typeof attachmentCalls>
