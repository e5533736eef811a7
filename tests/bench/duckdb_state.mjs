// The state of every district on a day, by DuckDB: the peer of bench_events.py.
//
//     node duckdb_state.mjs NODE_FOLDER EVENTS.csv 2021-07-05
//
// NODE_FOLDER is where npm installed @duckdb/node-api. Columns are typed, nothing is sniffed, and of
// claims of one day and one confidence the later row wins, as in evmap. Prints districts by actor.
import { createRequire } from "node:module";
import path from "node:path";

const [folder, file, date] = process.argv.slice(2);
const { DuckDBInstance } = createRequire(path.join(path.resolve(folder), "x.js"))("@duckdb/node-api");

const QUERY = `
  with events as (
    select *, row_number() over () as row from read_csv($file, auto_detect = false, header = true,
      delim = ',', quote = '"', escape = '"', columns = {
        id: 'varchar', date: 'date', province: 'varchar', district: 'varchar', kind: 'varchar',
        actor: 'varchar', confidence: 'varchar', source: 'varchar', headline: 'varchar'})),
  claims as (
    select province, district, if(kind = 'control', actor, 'contested') as control, date, row,
      case confidence when 'high' then 2 when 'low' then 0 else 1 end as confidence
    from events where kind in ('control', 'contested') and date <= $date::date),
  state as (
    select province, district, arg_max(control, {date: date, confidence: confidence, row: row})
      as control from claims group by all)
  select control, count(*)::int as districts from state group by all order by control`;

const instance = await DuckDBInstance.create(":memory:");
const connection = await instance.connect();
const reader = await connection.runAndReadAll(QUERY, { file, date });
for (const [control, districts] of reader.getRows()) console.log(`${control},${districts}`);
