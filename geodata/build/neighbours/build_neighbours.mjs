// Cuts Natural Earth's countries to the surroundings of Afghanistan and writes them as
// OUT_DIR/neighbours.{shp,shx,dbf,prj,cpg}. Usage: node build_neighbours.mjs OUT_DIR
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

// 77: what ctest takes for "skipped".
const EXIT_SKIPPED = 77;
const BOX = '55,25,80,42';
const WGS84 =
  'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],' +
  'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]';
// Natural Earth 4.1, the release inside world-atlas 2.0.2, is of May 2018.
const DBF_DATE = [2018 - 1900, 5, 1];

async function loadPackages() {
  try {
    const require = createRequire(import.meta.url);
    const countries = fs.readFileSync(require.resolve('world-atlas/countries-10m.json'));
    return { countries, mapshaper: (await import('mapshaper')).default };
  } catch (error) {
    console.error(`skipped: the npm packages are not installed; run npm install --no-save in geodata/build/neighbours (${error.code})`);
    process.exit(EXIT_SKIPPED);
  }
}

async function cut({ countries, mapshaper }) {
  const commands = [
    '-i countries.json',
    '-drop target=land',
    `-clip bbox=${BOX}`,
    // Siachen Glacier has no code in Natural Earth.
    '-each \'iso_n3 = this.properties.FID || ""\'',
    '-filter-fields iso_n3,name',
    '-sort name',
    // Rounding alike on both sides keeps borders shared.
    '-o neighbours.shp precision=0.0001 encoding=utf8 field-order=ascending',
  ];
  return mapshaper.applyCommands(commands.join(' '), { 'countries.json': countries });
}

// mapshaper stamps the table with today's date, and pads text with NUL where dBASE wants blanks.
function tidyTable(dbf) {
  dbf.set(DBF_DATE, 1);
  const headerSize = dbf[8] | (dbf[9] << 8);
  for (let i = headerSize; i < dbf.length; i++) {
    dbf[i] = dbf[i] || 0x20;
  }
}

const outDir = process.argv[2];
if (!outDir) {
  console.error('usage: node build_neighbours.mjs OUT_DIR');
  process.exit(2);
}
const files = await cut(await loadPackages());
tidyTable(files['neighbours.dbf']);
files['neighbours.prj'] = WGS84;
files['neighbours.cpg'] = 'UTF-8';
for (const extension of ['shp', 'shx', 'dbf', 'prj', 'cpg']) {
  const name = `neighbours.${extension}`;
  fs.writeFileSync(path.join(outDir, name), files[name]);
}
