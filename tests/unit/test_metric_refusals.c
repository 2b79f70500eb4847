/*
 * What metrics refuse: each with a sentence that names the thing and what to do.
 */
#include <check.h>

#include "metric_case.h"

Suite *suite_metric_refusals(void);

#define HUMANS                                                                                                                   \
    "stimulus_id,subject,choice,truth,condition\n"                                                                               \
    "a.png,s1,cat,cat,1\nb.png,s1,dog,dog,1\nc.png,s1,cat,dog,2\n"                                                               \
    "a.png,s2,cat,cat,1\nb.png,s2,cat,dog,1\nc.png,s2,dog,dog,2\n"
#define WORDS "stimulus_id,value,length,text,position\nw1,300,3,t,1\nw2,310,1,t,2\nw3,280,7,t,3\nw4,420,2,t,4\nw5,405,5,t,5\n"
#define PAIRS "stimulus_a,stimulus_b,value\na,b,.1\na,c,.5\nb,c,.9\n"

#define REGIONS    "suite,item,condition,region,value\n"
#define PREDICTION "{\"predictions\": \"(3;%a%) < (3;%b%)\"}"

#define TRIALS                                                                                                                   \
    "stimulus_id,truth,dist_obj,choice\n"                                                                                        \
    "a.png,cat,dog,cat\na.png,cat,owl,owl\nb.png,dog,cat,dog\nb.png,dog,owl,owl\nc.png,owl,cat,owl\nc.png,owl,dog,dog\n"
#define P3(id, a, b, c) id ",cat," a "\n" id ",dog," b "\n" id ",owl," c "\n"
#define PROBABILITIES   "stimulus_id,choice,value\n"
#define OTHERS          P3("b.png", ".2", ".6", ".2") P3("c.png", ".1", ".1", ".8")
#define ONE_TRIAL       "stimulus_id,subject,choice,truth\na.png,s1,cat,cat\nb.png,s1,cat,dog\na.png,s2,dog,cat\n"
#define TYPES                                                                                                                    \
    "stimulus_id,subject,truth,image_type,choice\na,1,cat,w,cat\nb,1,cat,f,dog\na,2,cat,w,cat\nb,2,cat,f,dog\na,3,cat,w,cat\nc,3,cat,w,cat\n"
#define BLOCKS   "stimulus_id,subject,truth,block,distractors,choice\na,1,odd,first,1,odd\nb,1,odd,second,1,same\n"
#define TRIPLETS "image_1,image_2,image_3\na,b,c\na,b,d\n"

#define LACKS_B   "answers 2 of the 3 stimuli that are compared; the first without an answer is \"b.png\": give them all, or say \"partial\": true"
#define ANSWERS   "stimulus_id,choice\na.png,cat\nb.png,cat\n"
#define ONE_OF_S2 "subject \"s2\" of the recording has 1 trial that counts"

static const struct {
    const char *metric, *params, *model, *data;
    enum bb_code code;
    const char *part;
} refusals[] = {
    {"error_consistency", "{}", "stimulus_id,choice\na.png,cat\nb.png,cat\nc.png,cat\na.png,dog\n", HUMANS, BB_EINPUT,
     "\"a.png\" is answered 2 times"},
    {"accuracy", "{}", "stimulus_id,choice\na.png,cat\na.png,cat\nb.png,cat\nc.png,cat\n", HUMANS, BB_EINPUT, "\"a.png\" is answered 2 times"},
    {"accuracy", "{}", "stimulus_id,choice\na.png,cat\nb.png,Dog\nc.png,cat\n", HUMANS, BB_EINPUT,
     "\"Dog\" of the model's output is not a label of the recording; those are cat, dog"},
    {"observed_consistency", "{}", "stimulus_id,choice\na.png,cat\nb.png,12\nc.png,cat\n", HUMANS, BB_EINPUT, "\"12\""},
    {"error_consistency", "{}", "stimulus_id,choice\nx/a.png,cat\n", HUMANS, BB_EINPUT,
     "its first is \"x/a.png\", the recording's \"a.png\""},
    {"error_consistency", "{\"condition\": \"angle\"}", "stimulus_id,choice\na.png,cat\n", HUMANS, BB_EINPUT,
     "the recording has no coordinate \"angle\"; it has stimulus_id, subject, choice, truth, condition"},
    {"error_consistency", "{}", "stimulus_id,choice\na.png,cat\nb.png,cat\n",
     "stimulus_id,subject,choice,truth\na.png,s1,cat,cat\nb.png,s1,cat,cat\n", BB_ENUMERIC, "always right, or always wrong"},
    {"error_consistency", "{}", "stimulus_id,choice\na.png,cat\n",
     "stimulus_id,subject,choice,truth,condition\na.png,s1,cat,cat,1\nb.png,s1,cat,cat,\n", BB_EINPUT,
     "stimulus \"b.png\" of the recording has no \"condition\""},
    {"accuracy_distance", "{}", "stimulus_id,choice\na.png,cat\n",
     "stimulus_id,subject,choice,truth\na.png,s1,cat,cat\na.png,s2,cat,dog\n", BB_EINPUT,
     "stimulus \"a.png\" has two values of \"truth\", \"cat\" and \"dog\""},
    {"accuracy_distance", "{}", "stimulus_id,choice\na.png,cat\n",
     "stimulus_id,subject,choice,truth\na.png,s1,cat,cat\na.png,s1,dog,cat\n", BB_EINPUT, "answered 2 times by subject \"s1\""},
    {"accuracy_distance", "{}", "stimulus_id,choice\na.png,cat\n", "stimulus_id,subject,choice,truth\na.png,s1,cat,\n", BB_EINPUT,
     "has no truth"},
    {"accuracy", "{}", "stimulus_id,choice\na.png,cat\n", NULL, BB_EINPUT, "no coordinate \"truth\""},
    {"shape_bias", "{}", "choice,shape,texture\nowl,cat,dog\ncat,cat,cat\n", NULL, BB_ENUMERIC, "none of the 2 choices"},
    {"pearsonr", "{}", "stimulus_id,value\nw1,1\nw2,2\nw3,5\nw2,2\n", WORDS, BB_EINPUT, "\"w2\" is answered 2 times"},
    {"pearsonr", "{}", "stimulus_id,value\nw1,1\nw2,2\n", WORDS, BB_ENUMERIC, "only 2 words"},
    {"pearsonr", "{}", "stimulus_id,value\nw1,2\nw2,2\nw3,2\n", WORDS, BB_ENUMERIC, "all the same"},
    {"spearmanr", "{}", "stimulus_id,value\nv1,1\n", WORDS, BB_EINPUT, "none of the 5 stimuli"},
    {"pearsonr", "{}", "stimulus_id,choice\nw1,1\n", WORDS, BB_EINPUT, "no numbers"},
    {"pearsonr", "{\"min_trials\": 2}", "stimulus_id,value\nw1,1\n", WORDS, BB_EINPUT, "no coordinate \"n_trials\""},
    {"pearsonr", "{\"min_trials\": 2}", "stimulus_id,value\nw1,1\n", "stimulus_id,value,n_trials\nw1,1,2\nw1,2,3\n", BB_EINPUT,
     "stimulus \"w1\" has two values of \"n_trials\", 2 and 3"},
    {"pearsonr", "{\"spill_over\": 1}", "stimulus_id,value\nw1,1\nw2,2\nw3,5\n", WORDS, BB_EINPUT, "no coordinate \"text\""},
    {"pearsonr", "{\"spill_over\": 1}", "stimulus_id,value,text,position\nw1,1,t,1\nw2,2,t,2\nw3,5,t,2\n", WORDS, BB_EINPUT,
     "\"w2\" and \"w3\""},
    {"pearsonr", "{\"spill_over\": 1}", "stimulus_id,value,text,position\nw1,1,t,first\n", WORDS, BB_EINPUT,
     "but one is \"first\""},
    {"delta_loglik", "{\"baseline\": [\"length\"]}", "stimulus_id,value\nw1,1\nw2,2\nw3,5\n", WORDS, BB_ENUMERIC, "only 3 words"},
    {"delta_loglik", "{\"baseline\": [\"lenght\"]}", "stimulus_id,value\nw1,1\n", WORDS, BB_EINPUT, "no coordinate \"lenght\""},
    {"delta_loglik", "{\"baseline\": [\"text\"]}", "stimulus_id,value\nw1,1\n", WORDS, BB_EINPUT,
     "must be numbers, but one is \"t\""},
    {"rdm", "{}", "stimulus_a,stimulus_b,value\na,b,1\nb,a,2\nb,c,1\n", PAIRS, BB_EINPUT, "two dissimilarities, 1 and 2"},
    {"rdm", "{}", "stimulus_a,stimulus_b,value\nx,y,1\n", PAIRS, BB_EINPUT, "none of the recording's 3 pairs"},
    {"rdm", "{}", "stimulus_a,stimulus_b,value\na,b,1\na,c,1\nb,c,1\n", PAIRS, BB_ENUMERIC, "not defined"},
    {"rdm", "{}", "stimulus_a,stimulus_b,value\na,b,1\nc,a,2\n", PAIRS, BB_EINPUT,
     "answers 2 of the 3 pairs of stimuli that are compared; the first without an answer is \"b\", \"c\": give them all"},
    {"item_accuracy", "{}", "suite,bits\ncleft,0121\n", NULL, BB_EINPUT, "\"0121\" of cleft"},
    {"item_accuracy", "{}", "suite,bits\ncleft,01\ncleft,11\n", NULL, BB_EINPUT, "two rows of cleft"},
    {"item_accuracy", "{}", "bits\n01\n11\n", NULL, BB_EINPUT, "two rows"},
    {"item_accuracy", "{\"where\": {\"suite\": [\"mvrr\"]}}", "suite,bits\ncleft,01\n", NULL, BB_EINPUT,
     "no row that \"where\" keeps"},
    {"item_accuracy", "{\"where\": {\"task\": \"mvrr\"}}", "suite,bits\ncleft,01\n", NULL, BB_EINPUT, "no coordinate \"task\""},
    {"item_accuracy", "{\"where\": {\"suite\": [1]}}", "suite,bits\ncleft,01\n", NULL, BB_EINPUT,
     "must be an object of coordinates"},
    {"item_accuracy", "{\"items\": 3}", "suite,bits\ncleft,01\n", NULL, BB_EINPUT, "has 2 items of cleft, not the 3 of the suite: item 3 is missing"},
    {"item_accuracy", "{\"items\": 1}", "bits\n01\n", NULL, BB_EINPUT, "has 2 items, not the 1 of the suite"},
    {"item_accuracy", "{}", REGIONS "s,1,a,3,2\n", NULL, BB_EINPUT, "no coordinate \"bits\", and the benchmark states no \"predictions\""},
    {"item_accuracy", PREDICTION, REGIONS "s,1,a,3,2\n", NULL, BB_EINPUT,
     "item 1 of s has no region 3 in the condition \"b\", which a prediction names"},
    {"item_accuracy", PREDICTION, REGIONS "s,1,a,3,2\ns,1,b,3,2\ns,2,a,2,2\ns,2,b,3,2\n", NULL, BB_EINPUT,
     "item 2 of s has no region 3 in the condition \"a\""},
    {"item_accuracy", "{\"predictions\": \"(*;%a%) < (*;%c%)\"}", REGIONS "s,1,a,3,2\n", NULL, BB_EINPUT,
     "item 1 of s has no condition \"c\""},
    {"item_accuracy", PREDICTION, REGIONS "s,1,a,3,2\ns,1,b,3,2\ns,1,a,3,2\n", NULL, BB_EINPUT,
     "two rows of item 1 of s, condition \"a\", region 3"},
    {"item_accuracy", PREDICTION, REGIONS "s,1,a,3,2\nt,1,b,3,2\n", NULL, BB_EINPUT, "regions of the suites \"s\" and \"t\""},
    {"item_accuracy", PREDICTION, REGIONS "s,1,a,3,2\ns,,b,3,2\n", NULL, BB_EINPUT, "row 2 of the model's output has no \"item\""},
    {"item_accuracy", PREDICTION, REGIONS "s,1,a,3,2\ns,1,,3,2\n", NULL, BB_EINPUT, "has no \"condition\""},
    {"item_accuracy", PREDICTION, REGIONS "s,1,a,3,2\ns,1,b,,2\n", NULL, BB_EINPUT, "has no \"region\""},
    {"item_accuracy", PREDICTION, REGIONS "s,1,a,3.5,2\ns,1,b,3,2\n", NULL, BB_EINPUT, "row 1 of the model's output: the region 3.5"},
    {"item_accuracy", PREDICTION, REGIONS "s,1,a,verb,2\ns,1,b,3,2\n", NULL, BB_EINPUT, "must be numbers, but one is \"verb\""},
    {"item_accuracy", PREDICTION, "suite,item,region,value\ns,1,3,2\n", NULL, BB_EINPUT, "no coordinate \"condition\""},
    {"item_accuracy", PREDICTION, "suite,item,region,condition\ns,1,3,a\n", NULL, BB_EINPUT, "no numbers"},
    {"item_accuracy", "{\"predictions\": \"(3;%a%) < (3;%b%)\", \"items\": 2}", REGIONS "s,2,a,3,2\ns,2,b,3,2\n", NULL, BB_EINPUT,
     "has 1 items of s, not the 2 of the suite: item 1 is missing"},
    {"item_accuracy", "{\"where\": {\"suite\": [\"clefts\"]}, \"predictions\": \"(3;%a%) < (3;%b%)\"}", REGIONS "s,1,a,3,2\n", NULL,
     BB_EINPUT, "no row that \"where\" keeps; its suites are \"s\""},
    {"item_accuracy", "{\"predictions\": \"(3;%a%) <\"}", REGIONS "s,1,a,3,2\n", NULL, BB_EINPUT, "character 10"},
    {"item_accuracy", "{\"where\": \"cleft\"}", "suite,bits\ncleft,01\n", NULL, BB_EINPUT, "must be an object of coordinates"},
    {"i2n", "{}", PROBABILITIES P3("a.png", ".5", ".3", ".3") OTHERS, TRIALS, BB_EINPUT, "\"a.png\" sum to 1.1, not to 1"},
    {"i2n", "{}", PROBABILITIES P3("a.png", ".5", "-.3", ".8") OTHERS, TRIALS, BB_EINPUT, "gives -0.3 for \"dog\""},
    {"i2n", "{}", PROBABILITIES P3("a.png", ".5", "", ".5") OTHERS, TRIALS, BB_EINPUT,
     "no probability of \"dog\" for stimulus \"a.png\""},
    {"i2n", "{}", PROBABILITIES P3("a.png", ".5", ".3", ".2") OTHERS "a.png,cat,.5\n", TRIALS, BB_EINPUT,
     "the probability of \"cat\" for stimulus \"a.png\" twice"},
    {"i2", "{}", PROBABILITIES P3("a.png", ".5", ".3", ".2"), TRIALS, BB_EINPUT,
     "answers 1 of the 3 stimuli that are compared; the first without an answer is \"b.png\": give them all"},
    {"i1", "{}", PROBABILITIES P3("a.png", ".5", ".3", ".2") P3("b.png", ".2", ".6", ".2") "c.png,cat,.1\nc.png,dog,.1\nc.png,QQQ,.8\n",
     TRIALS, BB_EINPUT, "probabilities of \"QQQ\", which is not a label of the recording; those are cat, dog, owl"},
    {"i1", "{}", PROBABILITIES P3("a.png", ".5", ".3", ".2") P3("b.png", ".2", ".6", ".2") "c.png,cat,.2\nc.png,owl,.8\n", TRIALS, BB_EINPUT,
     "no probability of \"dog\" for stimulus \"c.png\": give a row for each label"},
    {"i1", "{}", PROBABILITIES "a.png,cat,.5\na.png,dog,.5\nb.png,cat,.5\nb.png,dog,.5\nc.png,cat,.5\nc.png,dog,.5\n", TRIALS, BB_EINPUT,
     "no probability of \"owl\", which is an object"},
    {"i2n", "{}", "stimulus_id,choice\na.png,cat\n", TRIALS, BB_EINPUT, "choices and no numbers: probabilities are asked for"},
    {"i2n", "{}", PROBABILITIES P3("a.png", ".5", ".3", ".2"), "stimulus_id,truth,dist_obj,choice\na.png,cat,dog,owl\n",
     BB_EINPUT, "\"owl\" was chosen, and \"cat\" and \"dog\" were offered"},
    {"i2n", "{}", PROBABILITIES P3("a.png", ".5", ".3", ".2"), "stimulus_id,truth,dist_obj,choice\na.png,cat,,cat\n", BB_EINPUT,
     "trial 1 of the recording has no \"dist_obj\""},
    {"o2", "{}", PROBABILITIES P3("a.png", ".5", ".3", ".2") P3("b.png", ".2", ".6", ".2") P3("c.png", ".1", ".1", ".8"), TRIALS,
     BB_ENUMERIC, "is not defined"},
    {"accuracy", "{}", PROBABILITIES P3("a.png", ".5", ".3", ".3"), HUMANS, BB_EINPUT, "sum to 1.1"},
    {"error_consistency", "{}", PROBABILITIES P3("a.png", ".1", ".2", ".7") OTHERS, HUMANS, BB_EINPUT,
     "\"owl\" of the model's output is not a label"},
    {"value_delta", "{}", "stimulus_id,choice\na,odd\nb,odd\n", BLOCKS, BB_EINPUT, "one number of distractors"},
    {"value_delta", "{}", "stimulus_id,choice\na,odd\nb,odd\n",
     "stimulus_id,subject,truth,block,distractors,choice\na,1,odd,first,1,odd\nb,1,odd,first,5,odd\n", BB_EINPUT,
     "no trial of the recording has the \"block\" \"second\""},
    {"value_delta", "{}", "stimulus_id,choice\na,odd\nb,odd\nc,odd\n", BLOCKS "c,1,odd,first,5,odd\n", BB_ENUMERIC,
     "no trials of some number of distractors"},
    {"value_delta", "{}", "stimulus_id,choice\na,odd\na,odd\nb,odd\n", BLOCKS, BB_EINPUT, "\"a\" is answered 2 times"},
    {"value_delta", "{}", "stimulus_id,choice\na,odd\n", "stimulus_id,value\na,1\n", BB_EINPUT, "no numbers"},
    {"baker_accuracy_delta", "{\"condition\": \"o\"}", "stimulus_id,choice\na,cat\nb,dog\nc,cat\n", TYPES, BB_EINPUT,
     "\"image_type\" \"o\""},
    {"baker_accuracy_delta", "{\"condition\": \"f\"}", "stimulus_id,choice\na,cat\nb,cat\nc,cat\n", TYPES, BB_ENUMERIC,
     "subject \"3\" has no trials with manipulated images"},
    {"baker_accuracy_delta", "{\"condition\": \"f\"}", "stimulus_id,choice\na,cat\nb,owl\nc,cat\n", TYPES, BB_EINPUT,
     "\"owl\" of the model's output"},
    {"baker_accuracy_delta", "{\"condition\": \"f\"}", "stimulus_id,choice\na,cat\nb,cat\n",
     "stimulus_id,subject,truth,image_type,choice\na,0,cat,w,cat\nb,0,cat,f,dog\na,1,cat,w,cat\nb,1,cat,f,cat\n"
     "a,2,cat,w,cat\nb,2,cat,f,cat\na,3,cat,w,cat\nb,3,cat,f,dog\n", /* neither the half of 1 and 2 nor the model loses anything */
     BB_ENUMERIC, "loses no accuracy"},
    {"condition_wise_accuracy_similarity", "{\"variables\": [\"condition\"]}",
     "stimulus_id,choice\na.png,cat\nb.png,cat\nc.png,cat\n", HUMANS, BB_ENUMERIC,
     "subject \"s1\" is not defined: fewer than 3 conditions"},
    {"condition_wise_accuracy_similarity", "{\"variables\": [\"angle\"]}", "stimulus_id,choice\na.png,cat\nb.png,cat\nc.png,cat\n", HUMANS, BB_EINPUT,
     "no coordinate \"angle\""},
    {"condition_wise_accuracy_similarity", "{\"variables\": [\"condition\"]}", "stimulus_id,choice\na.png,cow\nb.png,cat\nc.png,cat\n", HUMANS,
     BB_EINPUT, "\"cow\" of the model's output is not a label"},
    {"confusion_similarity", "{}", "stimulus_id,choice\na.png,cow\nb.png,cat\nc.png,cat\n", HUMANS, BB_EINPUT,
     "\"cow\" of the model's output is not a category"},
    {"confusion_similarity", "{}", "stimulus_id,choice\na.png,cat\nb.png,dog\nc.png,dog\n", HUMANS, BB_ENUMERIC, "make no mistakes"},
    {"confusion_similarity", "{}", "stimulus_id,choice\na.png,cat\na.png,dog\nb.png,cat\nc.png,cat\n", HUMANS, BB_EINPUT,
     "\"a.png\" is answered 2 times"},
    {"tasks_consistency", "{}", "stimulus_id,choice\na,cat\n", "stimulus_id,truth,task,choice\na,cat,control,cat\n", BB_ENUMERIC,
     "has 1 tasks"},
    {"tasks_consistency", "{}", "stimulus_id,choice\na,cat\nb,cat\n",
     "stimulus_id,truth,task,choice\na,cat,control,cat\nb,dog,clutter_heavy,cat\nc,dog,clutter_light,dog\n", BB_EINPUT,
     "answers 2 of the 3 stimuli that are compared; the first without an answer is \"c\""},
    {"odd_one_out", "{}", "image_1,image_2,image_3,choice\na,b,c,d\n", TRIPLETS, BB_EINPUT,
     "the choice \"d\" is none of the three"},
    {"odd_one_out", "{}", "image_1,image_2,image_3,choice\na,b,c,a\nb,a,c,c\n", TRIPLETS, BB_EINPUT,
     "\"a\", \"b\", \"c\" twice, and not the same"},
    {"odd_one_out", "{}", "image_1,image_2,image_3,choice\na,c,d,a\n", TRIPLETS, BB_EINPUT, "none of the 2 triplets"},
    {"odd_one_out", "{}", "image_1,image_2,image_3,choice\nc,b,a,a\n", TRIPLETS, BB_EINPUT,
     "answers 1 of the 2 triplets that are compared; the first without an answer is \"a\", \"b\", \"d\": give them all"},
    {"odd_one_out", "{}", "image_1,image_2,image_3\na,c,d\n", TRIPLETS, BB_EINPUT, "no coordinate \"choice\""},
    {"shape_match", "{}", "stimulus_id,choice\na,cat\na,dog\n", "stimulus_id,shape,texture\na,cat,dog\n", BB_EINPUT,
     "\"a\" is answered 2 times"},
    {"texture_match", "{}", "stimulus_id,choice\na,owl\n", "stimulus_id,shape,texture\na,cat,dog\n", BB_EINPUT,
     "\"owl\" of the model's output is no shape and no texture"},
    {"shape_match", "{}", "choice,shape,texture\nowl,cat,cat\n", NULL, BB_ENUMERIC, "none of the 1 answers"},
    {"texture_match", "{}", "stimulus_id,choice\na.png,cat\n", NULL, BB_EINPUT, "no coordinate \"shape\""},
    /* not all stimuli */
    {"accuracy", "{}", "stimulus_id,choice\na.png,cat\nc.png,dog\n", HUMANS, BB_EINPUT, LACKS_B},
    {"accuracy_distance", "{}", "stimulus_id,choice\na.png,cat\nc.png,dog\n", HUMANS, BB_EINPUT, LACKS_B},
    {"accuracy_difference", "{}", "stimulus_id,choice\na.png,cat\nc.png,dog\n", HUMANS, BB_EINPUT, LACKS_B},
    {"observed_consistency", "{}", "stimulus_id,choice\na.png,cat\nc.png,dog\n", HUMANS, BB_EINPUT, LACKS_B},
    {"confusion_similarity", "{}", "stimulus_id,choice\na.png,cat\nc.png,dog\n", HUMANS, BB_EINPUT, LACKS_B},
    {"error_consistency", "{}", "stimulus_id,choice\na.png,cat\nc.png,dog\nx.png,owl\n", HUMANS, BB_EINPUT, LACKS_B},
    {"error_consistency", "{}", PROBABILITIES P3("a.png", ".5", ".3", ".2") P3("c.png", ".1", ".8", ".1"), HUMANS, BB_EINPUT, LACKS_B},
    {"error_consistency", "{}",
     "stimulus_id,choice,repetition\na.png,cat,1\nb.png,cat,1\nc.png,cat,1\na.png,cat,2\nc.png,cat,2\n", HUMANS, BB_EINPUT,
     "is \"b.png\" in repetition \"2\""},
    {"value_delta", "{}", "stimulus_id,choice\na,odd\n", BLOCKS, BB_EINPUT, "answers 1 of the 2 stimuli"},
    {"baker_accuracy_delta", "{\"condition\": \"f\"}", "stimulus_id,choice\na,cat\n", TYPES, BB_EINPUT, "answers 1 of the 3 stimuli"},
    {"shape_match", "{}", "stimulus_id,choice\na,cat\n", "stimulus_id,shape,texture\na,cat,dog\nb,dog,cat\n", BB_EINPUT,
     "answers 1 of the 2 stimuli"},
    {"shape_bias", "{}", "stimulus_id,choice,shape,texture\na,cat,cat,dog\n", "stimulus_id,shape,texture\na,cat,dog\nb,dog,cat\n",
     BB_EINPUT, "answers 1 of the 2 stimuli"},
    /* a subject with one trial */
    {"accuracy_distance", "{}", ANSWERS, ONE_TRIAL, BB_EINPUT, ONE_OF_S2},
    {"accuracy_difference", "{}", ANSWERS, ONE_TRIAL, BB_EINPUT, ONE_OF_S2},
    {"observed_consistency", "{}", ANSWERS, ONE_TRIAL, BB_EINPUT, ONE_OF_S2},
    {"error_consistency", "{}", ANSWERS, ONE_TRIAL, BB_EINPUT, ONE_OF_S2},
    {"confusion_similarity", "{}", ANSWERS, ONE_TRIAL, BB_EINPUT, ONE_OF_S2},
    {"baker_accuracy_delta", "{\"condition\": \"f\"}", "stimulus_id,choice\na,cat\nb,cat\nc,cat\n", TYPES "a,s2,cat,w,cat\n", BB_EINPUT, ONE_OF_S2},
    {"condition_wise_accuracy_similarity", "{\"variables\": [\"choice\"]}", ANSWERS, ONE_TRIAL, BB_EINPUT, ONE_OF_S2},
    {"value_delta", "{}", "stimulus_id,choice\na,odd\nb,odd\n", BLOCKS "a,s2,odd,first,1,odd\n", BB_EINPUT, ONE_OF_S2},
    {"tasks_consistency", "{}", ANSWERS,
     "stimulus_id,subject,truth,task,choice\na.png,s1,cat,control,cat\nb.png,s1,cat,clutter_heavy,cat\na.png,s2,cat,control,cat\n", BB_EINPUT,
     ONE_OF_S2},
};

START_TEST(wrong_input_is_refused_with_a_sentence)
{
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++)
        check_refused(refusals[i].metric, refusals[i].params, refusals[i].model, refusals[i].data, refusals[i].code, refusals[i].part);
}
END_TEST

START_TEST(ceilings_need_two_subjects)
{
    check_ceiling_refused("subject_pairs", "error_consistency", "stimulus_id,subject,choice,truth\na.png,s1,cat,cat\nb.png,s1,cat,cat\n",
                          BB_ENUMERIC, "one subject");
    check_ceiling_refused("split_half_subjects", "pearsonr", "stimulus_id,subject,value\nw1,s1,300\n", BB_ENUMERIC,
                          "one subject");
    check_ceiling_refused("rsa", "rdm", PAIRS, BB_ENUMERIC, "one subject");
    check_ceiling_refused("confusion_similarity", "confusion_similarity",
                          "stimulus_id,subject,truth,choice\na,s,cat,cat\nb,s,dog,cat\n", BB_ENUMERIC, "one subject");
}
END_TEST

START_TEST(ceilings_of_too_little_are_refused)
{
    check_ceiling_refused("subject_pairs", "error_consistency",
                          "stimulus_id,subject,choice,truth\na.png,s1,cat,cat\nb.png,s1,cat,cat\na.png,s2,cat,cat\nb.png,s2,cat,cat\n", BB_ENUMERIC, "always right");
    check_ceiling_refused("subject_pairs", "error_consistency", ONE_TRIAL, BB_EINPUT, ONE_OF_S2);
    check_ceiling_refused("split_half_subjects", "pearsonr", "stimulus_id,subject,value\nw1,s1,300\nw2,s2,200\n", BB_ENUMERIC,
                          "fewer than 3");
    check_ceiling_refused("i2n", "i2n", TRIALS, BB_ENUMERIC, "fewer than 3 cells");
    check_ceiling_refused("rsa", "rdm",
                          "stimulus_a,stimulus_b,subject,value\na,b,s,1\na,c,s,1\nb,c,s,1\na,b,t,2\na,c,t,1\nb,c,t,4\n",
                          BB_ENUMERIC, "not defined");
}
END_TEST

Suite *suite_metric_refusals(void)
{
    Suite *suite = suite_create("metric/refusals");
    TCase *tc = tcase_create("refusals");
    tcase_add_test(tc, wrong_input_is_refused_with_a_sentence);
    tcase_add_test(tc, ceilings_need_two_subjects);
    tcase_add_test(tc, ceilings_of_too_little_are_refused);
    suite_add_tcase(suite, tc);
    return suite;
}
