// Reads WebVTT as players do that have vtt.js (Video.js among them): its cues and what it refused.
const { VTTCue, VTTRegion, WebVTT } = require("videojs-vtt.js");

const told = { cues: [], refused: [] };
const parser = new WebVTT.Parser({ VTTCue, VTTRegion }, WebVTT.StringDecoder());
parser.oncue = (cue) => told.cues.push([cue.startTime, cue.endTime, cue.text]);
parser.onparsingerror = (error) => told.refused.push(error.message);
parser.parse(require("fs").readFileSync(0, "utf-8"));
parser.flush();
process.stdout.write(JSON.stringify(told));
