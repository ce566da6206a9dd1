/** What is open beside the report. `new view`: of what is shown. */
export type OpenPanel = 'definitions' | 'new view' | 'view' | 'digest' | null
