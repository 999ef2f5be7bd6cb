'use strict';
const { spawn } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const readline = require('node:readline');

/** Starts an engine in a process of its own, in memory, on free ports, and waits until it listens. */
async function startEngine(...args) {
  const child = spawn(
    process.env.AOS,
    ['engine', 'start', '--db', ':memory:', '--port', '0', '--http-port', '0', '--log-level', 'warning',
      '--search-attribute', 'Customer=Keyword', '--search-attribute', 'Amount=Int', ...args],
    { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const engine = { child, address: '', http: '' };
  for await (const line of readline.createInterface({ input: child.stdout })) {
    const grpc = /listens on (\S+)/.exec(line);
    const http = /metrics on (\S+)/.exec(line);
    engine.address = grpc ? grpc[1] : engine.address;
    if (http) {
      engine.http = http[1];
      break;
    }
  }
  if (!engine.http) throw new Error(`the engine did not start: exit code ${await exited}`);

  engine.stop = async () => {
    await note(engine);
    child.kill('SIGTERM');
    const code = await exited;
    if (code !== 0) throw new Error(`the engine ended with ${code}`);
  };
  return engine;
}

/** Leaves behind what this engine did, as evidence for docs/engine/compatibility.md. */
async function note(engine) {
  const folder = process.env.AOS_COMPATIBILITY_NOTES;
  if (!folder) return;
  const text = await (await fetch(`${engine.http}/metrics`)).text();
  const ended = sum(text, /^service_latency_count\{operation="(\w+)".*\} (\d+)$/gm);
  const refused = sum(text, /^service_error_with_type\{operation="(\w+)".*\} (\d+)$/gm);
  const lines = [
    ...Object.keys(ended).filter((rpc) => ended[rpc] > (refused[rpc] ?? 0)).map((rpc) => `rpc ${rpc}`),
    ...Object.keys(sum(text, /^command\{commandType="(\w+)".*\} (\d+)$/gm)).map((type) => `command ${type}`),
    ...Object.keys(sum(text, /^history_events\{event_type="(\w+)".*\} (\d+)$/gm)).map((type) => `event ${type}`),
  ];
  fs.writeFileSync(path.join(folder, `CrossSdk-${engine.child.pid}.notes`), lines.join('\n') + '\n');
}

function sum(text, pattern) {
  const sums = {};
  for (const [, name, value] of text.matchAll(pattern)) sums[name] = (sums[name] ?? 0) + Number(value);
  return sums;
}

module.exports = { startEngine };
