/** How files of an export can be written. */
export const EXPORT_FORMAT_NAMES = ['ndjson', 'csv', 'parquet'] as const;
export type ExportFormatName = (typeof EXPORT_FORMAT_NAMES)[number];
