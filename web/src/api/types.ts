/** Short names for what the API sends and takes; the shapes come from the OpenAPI description. */
import type { components } from './schema'

type Schemas = components['schemas']

export type Label = Schemas['Label']
export type Me = Schemas['Me']
export type Space = Schemas['Space']
export type Kind = Schemas['Kind']
export type Field = Schemas['Field']
export type Catalogue = Schemas['Catalogue']
/** Outlines as GeoJSON (RFC 7946), as far as they are drawn. */
export interface OutlineCollection {
  type: 'FeatureCollection'
  features: {
    type: 'Feature'
    properties: { schluessel: string }
    geometry:
      | { type: 'Polygon'; coordinates: number[][][] }
      | { type: 'MultiPolygon'; coordinates: number[][][][] }
  }[]
}
export type MapOutlines = Omit<Schemas['MapOutlines'], 'outlines'> & {
  outlines: OutlineCollection
}
export type SetUp = Schemas['SetUp']
export type PageRef = Schemas['PageRef']
export type PageSummary = Schemas['PageSummary']
export type Page = Schemas['Page']
export type NewPage = Schemas['NewPage']
export type MoveTarget = Schemas['MoveTarget']
export type PagePatch = Schemas['PagePatch']
export type PageList = Schemas['PageList']
export type Dated = Schemas['Dated']
export type Start = Schemas['Start']
export type SpaceOverview = Schemas['SpaceOverview']
export type Overview = Schemas['Overview']
export type TitleEntry = Schemas['TitleEntry']
export type ImportReport = Schemas['ImportReport']
export type SnippetPart = Schemas['SnippetPart']
export type Hit = Schemas['Hit']
export type FacetCount = Schemas['FacetCount']
export type SearchResults = Schemas['SearchResults']
export type Suggestions = Schemas['Suggestions']
export type SuggestedPerson = Schemas['SuggestedPerson']
export type SuggestedTerm = Schemas['SuggestedTerm']
export type LostText = Schemas['LostText']
export type LostTexts = Schemas['LostTexts']
export type RelatedPage = Schemas['Related']
export type SavedSearch = Schemas['SavedSearch']
export type WordList = Schemas['WordList']
export type MissedSearch = Schemas['MissedSearch']
export type Comments = Schemas['Comments']
export type CommentThread = Schemas['CommentThread']
export type Comment = Schemas['Comment']
export type NewComment = Schemas['NewComment']
export type NewReply = Schemas['NewReply']
export type Attachments = Schemas['Attachments']
export type Attachment = Schemas['Attachment']
