package dev.latencylens.benchmarks.doctor;

import java.util.List;

/** What SECURITY.md leaves to whoever deploys the suite, and no program can see. Stateless. */
final class OperatorDuties {
  private OperatorDuties() {}

  static List<Finding> all() {
    return List.of(
        duty(
            "accounts",
            "who may log in here, or into the key stores, can use the keys",
            "give access to few, and take it back in time"),
        duty(
            "disks",
            "run directories are not encrypted",
            "put results/ on an encrypted disk, its backups too"),
        duty(
            "core dumps",
            "a dump of a process that uses a key holds it",
            "ulimit -c 0 for this account, and no flight recordings of scripts/bench"),
        duty(
            "audit log",
            "who may write a run and audit-heads.jsonl could forge both",
            "copy that file's last line elsewhere, and run scripts/audit verify"),
        duty(
            "erasure",
            "copies made by others, and what providers keep, are not erased",
            "have them erased where a person asks for it (GDPR 17)"),
        duty(
            "agreements",
            "prompts go to the providers, and to where they process them",
            "see to the contracts and transfers (GDPR 28 and 44, HIPAA); put no health data into"
                + " prompts"),
        duty(
            "breaches",
            "nobody is told of one by this suite",
            "know whom to tell, and within what time (GDPR 33)"),
        duty(
            "updates",
            "dependencies age",
            "run scripts/audit-dependencies and scripts/outdated now and then"));
  }

  private static Finding duty(final String subject, final String why, final String what) {
    return new Finding(State.YOURS, subject, why, what);
  }
}
