package dev.latencylens.harness.workload;

/**
 * The words of generated texts. Whoever changes them changes all generated requests, and with them
 * the SHA-256 of a seed.
 */
final class Vocabulary {
  static final String DETERMINERS =
      "the this that each every one some another our their his her my your";

  /** Begin sentences. */
  static final String OPENERS =
      "The This That Each Every One Some Another Our Their His Her My Your";

  static final String ADJECTIVES =
      "old young small large quiet bright dark cold warm green blue white black golden silver"
          + " narrow wide deep gentle heavy light strong simple modern ancient local famous strange"
          + " clever brave calm fresh dry wet rich poor long short distant nearby hidden open empty"
          + " busy slow quick careful honest friendly serious curious tired early late perfect broken"
          + " wooden round sharp soft hard sweet wild silent";

  static final String NOUNS =
      "river house garden teacher doctor farmer city village forest mountain market bridge road"
          + " train ship captain child woman man friend letter book story song picture window door"
          + " table lamp clock stone tree flower bird horse dog cat fish island ocean beach storm"
          + " cloud winter summer morning evening night school library museum hospital station engine"
          + " machine computer student writer artist painter soldier king queen neighbor";

  static final String VERBS =
      "found watched carried followed painted built visited remembered described crossed reached"
          + " opened closed repaired bought sold offered received noticed welcomed helped served"
          + " studied measured designed protected avoided admired answered called changed chose"
          + " collected counted discovered entered explained explored filled finished formed gathered"
          + " guided handled ignored imagined improved invited joined kept learned lifted loved missed"
          + " moved needed observed passed planned praised preferred pulled pushed raised";

  static final String ADVERBS =
      "quietly slowly quickly often rarely always again early late together alone today gladly"
          + " carefully twice once there here suddenly usually sometimes finally already easily";

  static final String PREPOSITIONS =
      "near behind beside above below before after without inside outside under across around along"
          + " through with";

  private Vocabulary() {}
}
