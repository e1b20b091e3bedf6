/** Import this first: an old Node would otherwise fail somewhere else, with a message about syntax. */
const major = Number(process.versions.node.split('.')[0]);
if (major < 20) {
  console.error(`Fewbits needs Node 20 or newer; this is Node ${process.versions.node}.`);
  process.exit(1);
}
