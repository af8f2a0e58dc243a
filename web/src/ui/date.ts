/** A date with the page that announces it. */
export interface DateView {
  id: string
  href: string
  title: string
  /** The first day, as 2023-11-07. */
  first: string
  /** Day of the month, month in short: the sheet of a calendar. */
  day: string
  month: string
  /** The whole date in words. */
  spoken: string
  /** Kind, place and, of several days, the last one. */
  note: string
  ahead: boolean
}
