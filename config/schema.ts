/** The schemas of everything people edit, one file each in `schema/`; every field explains itself. */
export { AgencyFile } from "./schema/agency.ts";
export { ChannelDefault, ChannelsFile, ChannelsOverlay } from "./schema/channels.ts";
export { ChannelEntry, ClientFile, GoalEntry, ReportEntry, SourceEntry } from "./schema/client.ts";
export { KpiChange, KpiEntry, KpisFile, KpisOverlay } from "./schema/kpis.ts";
export { RatesFile } from "./schema/rates.ts";
