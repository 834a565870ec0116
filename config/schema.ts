/** The schemas of everything people edit, one file each in `schema/`; every field explains itself. */
export { AgencyFile } from "./schema/agency.ts";
export { ChannelsFile, ChannelsOverlay } from "./schema/channels.ts";
export { ClientFile } from "./schema/client.ts";
export { KpisFile, KpisOverlay } from "./schema/kpis.ts";
export { RatesFile } from "./schema/rates.ts";
export { AgencyThemeFile, ThemeFile } from "./schema/theme.ts";
