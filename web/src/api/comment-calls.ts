/** The calls of comments, fetched when a page is open. */
import type { Api } from './client'
import type { Outcome } from './outcome'
import type { Comments, CommentThread, NewComment, NewReply } from './types'

export const commentCalls = ({ call }: Api) => {
  const at = '/api/v1/pages/{id}/comments'
  return {
    list: (id: string): Promise<Outcome<Comments>> =>
      call((to) => to.GET(at, { params: { path: { id } } })),
    add: (id: string, body: NewComment): Promise<Outcome<CommentThread>> =>
      call((to) => to.POST(at, { params: { path: { id } }, body })),
    reply: (id: string, thread: string, body: NewReply): Promise<Outcome<CommentThread>> =>
      call((to) => to.POST(`${at}/{thread}/replies`, { params: { path: { id, thread } }, body })),
    settle: (id: string, thread: string, resolved: boolean): Promise<Outcome<CommentThread>> =>
      call((to) =>
        to.PATCH(`${at}/{thread}`, { params: { path: { id, thread } }, body: { resolved } }),
      ),
    /** Other words for a comment; the first one of a thread has the thread's id. */
    change: (
      id: string,
      thread: string,
      comment: string,
      text: string,
    ): Promise<Outcome<CommentThread>> =>
      call((to) =>
        comment === thread
          ? to.PATCH(`${at}/{thread}`, { params: { path: { id, thread } }, body: { text } })
          : to.PATCH(`${at}/{thread}/replies/{reply}`, {
              params: { path: { id, thread, reply: comment } },
              body: { text },
            }),
      ),
    remove: (id: string, thread: string, comment: string): Promise<Outcome<undefined>> =>
      call((to) =>
        comment === thread
          ? to.DELETE(`${at}/{thread}`, { params: { path: { id, thread } } })
          : to.DELETE(`${at}/{thread}/replies/{reply}`, {
              params: { path: { id, thread, reply: comment } },
            }),
      ),
  }
}
export type CommentCalls = ReturnType<typeof commentCalls>
